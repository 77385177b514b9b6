import type { ErrorEvent } from '@sentry/react'
import { expect, test } from 'vitest'
import { codeInsteadOfWords, withoutServerWords } from './serverWords.ts'

const mechanism = { type: 'auto.db.supabase.postgres', handled: false }
const words = 'Another tag is called Grace already.'

test('the code takes the place of what the server said', () => {
  const event: ErrorEvent = {
    type: undefined,
    exception: {
      values: [
        { type: 'TypeError', value: 'own' },
        { type: 'Error', value: words, mechanism },
      ],
    },
  }
  const originalException = Object.assign(new Error(words), { code: '57014' })
  const coded = codeInsteadOfWords(event, { originalException })
  expect(coded.exception?.values?.map(({ value }) => value)).toEqual(['own', 'Supabase answered 57014'])
  expect(coded.fingerprint).toEqual(['{{ default }}', '57014'])
})

test.each(['ServiceError', 'PostgrestError', 'AuthApiError', 'React ErrorBoundary ServiceError'])(
  'a %s without a code says nothing',
  (type) => {
    expect(withoutServerWords({ type, value: words })).toBe('Supabase answered')
  },
)

test('other errors speak for themselves', () => {
  expect(withoutServerWords({ type: 'TypeError', value: 'x is not a function' })).toBeUndefined()
})
