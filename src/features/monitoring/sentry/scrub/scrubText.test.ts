import { expect, test } from 'vitest'
import { scrubText } from './scrubText.ts'

test.each([
  [
    "Cannot read properties of undefined (reading 'grace')",
    'Cannot read properties of undefined (reading [text])',
  ],
  ["It can't be shown", "It can't be shown"],
  ['There is no tag “no such tag”', 'There is no tag [text]'],
  ['Unexpected token g in "grace" and "mercy" is not JSON', 'Unexpected token g in [text] is not JSON'],
  ['A lamp, "the "bright" one" is gone', 'A lamp, [text] is gone'],
  ['was cut off "in the middle of', 'was cut off [text]'],
  [
    'duplicate key: Key (normalized_name)=(grace (amazing)) already exists.',
    'duplicate key: Key (normalized_name)=[text] already exists.',
  ],
  ['Nobody called anna.test+choir@example.org is here', 'Nobody called [email] is here'],
  [
    'Failed to load https://songbook.example/songs?q=grace#top again',
    'Failed to load https://songbook.example/songs again',
  ],
  ['Help: docs/monitoring.md#search-slow', 'Help: docs/monitoring.md#search-slow'],
  ['Help: docs/monitoring.md#amazing%20grace', 'Help: docs/monitoring.md'],
  ['Help: docs/monitoring.md?q=grace#top', 'Help: docs/monitoring.md'],
  ['No route matches /sign-in?next=/songs/1', 'No route matches /sign-in'],
  ['refused: eyJhbGciOiJI.eyJzdWIiOiIx.abc_-1 expired', 'refused: [token] expired'],
  ['key sb_publishable_abc-123 is wrong', 'key [token] is wrong'],
  ['authorization: Bearer abc123', 'authorization: [token]'],
])('%s', (text, scrubbed) => {
  expect(scrubText(text)).toBe(scrubbed)
})

test('a message is not longer than needed', () => {
  expect(scrubText('a '.repeat(10_000))).toHaveLength(500)
})
