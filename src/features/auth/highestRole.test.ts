import { expect, test } from 'vitest'
import { highestRole } from './highestRole.ts'

test('nobody without roles has one', () => {
  expect(highestRole([])).toBeNull()
})

test('the role with the most rights stands for all', () => {
  expect(highestRole(['editor', 'admin', 'moderator'])).toBe('admin')
  expect(highestRole(['editor', 'moderator'])).toBe('moderator')
})
