import { expect, test } from 'vitest'
import { scrubAttributes } from './scrubAttributes.ts'

test('what is known to be harmless stays, in either form', () => {
  const attributes = { tier: 'memory', 'http.response.status_code': 200, 'sentry.op': 'db', hit: true }
  expect(scrubAttributes(attributes)).toEqual(attributes)
  const typed = { tier: { value: 'memory', type: 'string' }, size: { value: 3, type: 'integer' } }
  expect(scrubAttributes(typed)).toEqual(typed)
})

test('words that nobody has vouched for go', () => {
  expect(
    scrubAttributes({
      query: 'grace',
      'db.query': ['ilike(title, grace)'],
      'db.body': '{"title":"Grace"}',
      'url.query': '?q=grace',
      'http.request.header.referer': ['http://a/?q=grace'],
      title: { value: 'Amazing grace', type: 'string' },
    }),
  ).toEqual({})
})

test('what tells of a person goes, numbers too', () => {
  expect(scrubAttributes({ 'user.id': 7, 'user.email': 'anna@example.org', 'browser.token': 'abc' })).toEqual(
    {},
  )
})

test('addresses lose their queries, elements their attributes', () => {
  expect(
    scrubAttributes({
      'url.full': 'http://a/rest/v1/songs?title=ilike.*grace*',
      'browser.web_vital.inp.target': 'div > button[aria-label="Account of Anna > B"]',
      'sentry.segment.name': '/songs/3f2b8c1e-0000-4000-8000-0123456789ab',
    }),
  ).toEqual({
    'url.full': 'http://a/rest/v1/songs',
    'browser.web_vital.inp.target': 'div > button',
    'sentry.segment.name': '/songs/:id',
  })
})
