import { execFileSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { shellWord } from './shellWord.ts'

const NAMES = [
  'plan.json',
  'plans/of-2025/a+b.json',
  '-rf',
  'my plan.json',
  "it's.json",
  'a;touch b',
  '$(id)`id`"',
  'back\\slash',
  'Lobpreis für alle.json',
  'esc\u001b[2J.json',
  'line\nbreak',
  'hidden\u200b\u202e\u{e0041}',
]

it.each(NAMES)('%j comes back from a shell as it was', (name) => {
  const back = execFileSync('bash', ['--norc', '-c', `printf %s ${shellWord(name)}`], {
    encoding: 'utf8',
    env: { LC_ALL: 'C.UTF-8' },
  })
  expect(back).toBe(name.startsWith('-') ? `./${name}` : name)
})

it('shows what can be shown, and nothing that a terminal obeys', () => {
  expect(NAMES.map((name) => shellWord(name)).join('')).not.toMatch(/[\p{Cc}\u200b\u202e\u{e0041}]/u)
  expect(shellWord('plans/a-b_1.json')).toBe('plans/a-b_1.json')
  expect(shellWord('für alle')).toBe("'für alle'")
  expect(shellWord('für alle', { asciiOnly: true })).toBe("$'f\\u00fcr alle'")
})
