import { expect, test } from 'vitest'
import { scrubAddress } from './scrubAddress.ts'

test.each([
  ['/', '/'],
  ['/?q=grace&tag=hope', '/'],
  ['/songs/3f2b8c1e-0000-4000-8000-0123456789ab/edit', '/songs/:id/edit'],
  ['https://a.supabase.co/rest/v1/songs?title=ilike.*grace*', 'https://a.supabase.co/rest/v1/songs'],
  ['http://127.0.0.1:4173/assets/index-Ab_1.js#x', 'http://127.0.0.1:4173/assets/index-Ab_1.js'],
  ['https://anna:secret@songbook.example/sign-in', 'https://songbook.example/sign-in'],
  ['/people/anna@example.org', '/people/:text'],
  ['/find/amazing%20grace', '/find/:text'],
])('%s', (address, scrubbed) => {
  expect(scrubAddress(address)).toBe(scrubbed)
})
