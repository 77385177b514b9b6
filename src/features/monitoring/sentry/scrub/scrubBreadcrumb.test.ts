import { expect, test } from 'vitest'
import { scrubBreadcrumb } from './scrubBreadcrumb.ts'

test('a click says on what kind of element', () => {
  const message = 'li > a.row[aria-label="Amazing grace"][type="text"]'
  expect(scrubBreadcrumb({ category: 'ui.click', timestamp: 1, message })).toEqual({
    category: 'ui.click',
    timestamp: 1,
    message: 'li > a.row',
  })
})

test('a call and a step to another page lose their queries, and all that is not known', () => {
  const call = { method: 'GET', url: '/rest/v1/songs?title=ilike.*grace*', status_code: 200, body: 'grace' }
  expect(scrubBreadcrumb({ category: 'fetch', data: call }).data).toEqual({
    method: 'GET',
    url: '/rest/v1/songs',
    status_code: 200,
  })
  expect(
    scrubBreadcrumb({ category: 'navigation', data: { from: '/?q=gra', to: '/?q=grace' } }).data,
  ).toEqual({
    from: '/',
    to: '/',
  })
})

test('what was logged is not told', () => {
  const logged = { category: 'console', message: 'hello Anna', data: { arguments: ['Anna'] } }
  expect(scrubBreadcrumb(logged)).toEqual({ category: 'console' })
})
