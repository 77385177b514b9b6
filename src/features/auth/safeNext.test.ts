import { expect, test } from 'vitest'
import { safeNext } from './safeNext.ts'

test('a path of this app is kept with its search', () => {
  expect(safeNext('/songs/1?tag=grace')).toBe('/songs/1?tag=grace')
})

test.each([
  null,
  '',
  'songs',
  '//evil.example',
  '/\\evil.example',
  'https://evil.example/',
  'javascript:alert(1)',
])('%j leads home', (next) => {
  expect(safeNext(next)).toBe('/')
})
