import { expect, test } from 'vitest'
import { documentedCommands } from './commands.ts'
import { npmCommand, optionsOf } from './npmCommand.ts'

test('commands are found in fences and in running text, with where they stand', () => {
  const page = [
    'Type `npm run migrate -- --status`, or `ls`.',
    '```console run',
    '$ npm run validate',
    'Valid, in 0.4 s.',
    '```',
    '```',
    'npm ci && npm run demo     # the main job',
    '```',
    '- one more',
    '',
    '  ```console hosted',
    '  $ npx supabase db push',
    '  ```',
  ].join('\n')
  expect(documentedCommands('page.md', page)).toEqual([
    { place: 'page.md:1', command: 'npm run migrate -- --status', how: null },
    { place: 'page.md:3', command: 'npm run validate', how: 'run' },
    { place: 'page.md:7', command: 'npm ci', how: null },
    { place: 'page.md:7', command: 'npm run demo', how: null },
    { place: 'page.md:12', command: 'npx supabase db push', how: 'hosted' },
  ])
  expect(() => documentedCommands('page.md', '```console\n$ ls\n```')).toThrow('page.md:1')
})

test('a call is told apart into its script and its options', () => {
  expect(npmCommand('npm run --silent migrate -- --dry-run --plan FILE')).toEqual({
    script: 'migrate',
    args: ['--dry-run', '--plan', 'FILE'],
  })
  expect(npmCommand('npm start')).toEqual({ script: 'start', args: [] })
  expect(npmCommand('npm run validate, and then')?.script).toBe('validate')
  expect([npmCommand('npm ci'), npmCommand('npx supabase link')]).toEqual([null, null])
  expect(optionsOf('  -h, --help\n  --plan <file>  with --dry-run: x')).toEqual(
    new Set(['--help', '--plan', '--dry-run']),
  )
})
