import { expect, test } from 'vitest'
import { apiUrl } from './apiUrl.ts'

test.each(['https://songbook.example/api', 'https://songbook.example/api/'])('below %s', (base) => {
  expect(apiUrl(base, 'functions/v1/name').href).toBe('https://songbook.example/api/functions/v1/name')
})

test('at the root', () => {
  expect(apiUrl('https://songbook.example', 'rest/v1/rpc/name').href).toBe(
    'https://songbook.example/rest/v1/rpc/name',
  )
})
