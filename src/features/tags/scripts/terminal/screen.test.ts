import { expect, it } from 'vitest'
import { createScreen } from './screen.ts'

function capture(columns?: number) {
  const written: string[] = []
  const output = { isTTY: columns !== undefined, columns, write: (text: string) => written.push(text) }
  return { output: { ...output, ...(columns === undefined ? {} : { columns }) } as never, written }
}

it('is a log where it is no terminal, and with CI, NO_COLOR or TERM=dumb', () => {
  const terminal = capture(80)
  expect(createScreen(terminal.output, { LANG: 'C.UTF-8' }).isLive).toBe(true)
  for (const variable of [{ CI: 'true' }, { NO_COLOR: '1' }, { TERM: 'dumb' }])
    expect(createScreen(terminal.output, variable).isLive).toBe(false)
  expect(createScreen(capture().output, { LANG: 'C.UTF-8' }).isLive).toBe(false)
})

it('writes in a log only what stays, and what it waits for once', () => {
  const { output, written } = capture()
  const screen = createScreen(output, { LANG: 'en_GB.UTF-8' })
  screen.wait('Reading songs', '5,000')
  screen.wait('Reading songs', '10,000')
  screen.status('moving')
  screen.line('Plan')
  expect(written.join('')).toBe('Reading songs…\nPlan\n')
  expect(screen.width).toBe(120)
})

it('rewrites its last line on a terminal', () => {
  const { output, written } = capture(80)
  const screen = createScreen(output, { LANG: 'en_GB.UTF-8' })
  screen.status('a bar')
  screen.line('done')
  expect(written.join('')).toBe('\ra bar\u001b[K\r\u001b[2Kdone\n')
})

it.each([
  [{ LANG: 'en_GB.UTF-8' }, 'linux', '→'],
  [{ LC_ALL: 'C', LANG: 'en_GB.UTF-8' }, 'linux', '->'],
  [{ LANG: 'de_DE.utf8' }, 'linux', '→'],
  [{ LANG: 'de_DE.ISO-8859-1' }, 'linux', '->'],
  [{}, 'linux', '->'],
  [{}, 'darwin', '→'],
  [{ LANG: 'en_GB.UTF-8', TERM: 'dumb' }, 'linux', '->'],
])('with %j on %s it draws %s', (env, platform, arrow) => {
  expect(createScreen(capture(80).output, env, platform).style.glyph.arrow).toBe(arrow)
})

it('replaces a block of lines by the next, and by what stays', () => {
  const { output, written } = capture(80)
  const screen = createScreen(output, { LANG: 'en_GB.UTF-8' })
  screen.block(['one', 'two'])
  screen.block(['three'])
  screen.line('done')
  expect(written.join('')).toBe('one\ntwo\n\r\u001b[2A\u001b[Jthree\n\r\u001b[1A\u001b[Jdone\n')
  screen.block(Array.from({ length: 50 }, (_, n) => `${n}`))
  expect(written.at(-1)?.split('\n')).toHaveLength(24)
})

it('shows no block in a log', () => {
  const { output, written } = capture()
  createScreen(output, {}).block(['one'])
  expect(written).toEqual([])
})

it('is as wide as the terminal says, or as most are, and never too narrow to read', () => {
  const width = (columns?: number) =>
    createScreen({ isTTY: true, write: () => undefined, ...(columns && { columns }) }, {}).width
  expect([width(132), width(10), width()]).toEqual([132, 20, 80])
})
