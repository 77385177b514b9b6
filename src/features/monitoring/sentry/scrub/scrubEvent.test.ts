import { expect, test } from 'vitest'
import { scrubEvent } from './scrubEvent.ts'

const email = 'anna@example.org'

test('an error keeps what it takes to mend it', () => {
  const event = {
    event_id: 'a'.repeat(32),
    timestamp: 1,
    platform: 'javascript',
    level: 'error' as const,
    environment: 'production',
    exception: {
      values: [
        {
          type: 'TypeError',
          value: 'x is not a function',
          mechanism: { type: 'auto.browser.global_handlers.onerror', handled: false },
          stacktrace: {
            frames: [{ filename: 'http://a/assets/i.js', function: 'f', lineno: 1, colno: 2, in_app: true }],
          },
        },
      ],
    },
    contexts: { trace: { trace_id: 'b'.repeat(32), span_id: 'c'.repeat(16) } },
  }
  expect(scrubEvent(event)).toEqual(event)
})

test('nothing says who it was, or what was typed', () => {
  const scrubbed = scrubEvent({
    message: `Not sent to ${email}`,
    user: { id: '7', email, username: 'Anna Test' },
    extra: { query: 'grace' },
    server_name: 'annas-laptop',
    request: {
      url: 'http://a/sign-in?next=/songs?q=grace',
      query_string: 'q=grace',
      headers: { Referer: 'http://a/?q=grace' },
      cookies: { session: 'grace' },
    },
    contexts: {
      culture: { timezone: 'Europe/Zurich' },
      state: { state: { type: 'x', value: { q: 'grace' } } },
    },
    tags: { who: 'Anna Test', rule: 'search-slow' },
    breadcrumbs: [{ category: 'navigation', data: { to: '/?q=grace' } }],
    exception: {
      values: [
        {
          type: 'Error',
          value: 'Nothing is called “grace”',
          stacktrace: { frames: [{ vars: { query: 'grace' }, context_line: 'find("grace")' }] },
        },
        { type: 'ServiceError', value: 'Another tag is called grace already.' },
      ],
    },
  })
  expect(JSON.stringify(scrubbed)).not.toMatch(/anna|grace|Zurich|laptop/i)
  expect(scrubbed.tags).toEqual({ rule: 'search-slow' })
})
