import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { stubApp } from '../../../../scripts/testing/stubApp.ts'

let calls: { address: string; body: unknown; authorization: string | null }[]
/** What the function answers, one after the other; the last one from then on. */
let answers: (() => Response)[]
let served: typeof import('./migrateThemesFunction.ts')

const answer: typeof fetch = async (input, init) => {
  const request = new Request(input, init)
  request.signal.throwIfAborted()
  calls.push({
    address: request.url,
    body: await request.json(),
    authorization: request.headers.get('authorization'),
  })
  const [next] = answers.length > 1 ? answers.splice(0, 1) : answers
  return next?.() ?? Response.error()
}

beforeAll(() => vi.resetModules())
beforeEach(async () => {
  calls = []
  answers = []
  const project = { apiUrl: 'https://project.supabase.co', publishableKey: 'sb_publishable_of_the_tests' }
  stubApp({ ...project, fetch: answer })
  served = await import('./migrateThemesFunction.ts')
})
afterAll(() => vi.resetModules())

const json = (body: unknown, status?: number) => () => Response.json(body, status ? { status } : {})

test('one call carries the command, and its answer comes back', async () => {
  answers = [json({ outcome: 'complete', message: 'All done.' })]
  expect(await served.askFunction({ action: 'advance', start: true })).toEqual({
    outcome: 'complete',
    again: false,
    message: 'All done.',
  })
  expect(calls).toEqual([
    {
      address: 'https://project.supabase.co/functions/v1/migrate-themes',
      body: { action: 'advance', start: true },
      authorization: 'Bearer',
    },
  ])
})

test('whether it is deployed: nothing there, a server of files, or an answer of its own', async () => {
  const { signal } = new AbortController()
  answers = [json({ outcome: 'status' })]
  expect(await served.isFunctionServed(signal)).toBe(true)
  answers = [() => new Response('', { status: 404 })]
  expect(await served.isFunctionServed(signal)).toBe(false)
  answers = [() => new Response('Method not allowed', { status: 405 })]
  expect(await served.isFunctionServed(signal)).toBe(false)
  answers = [() => new Response('<html>', { status: 502 })]
  await expect(served.isFunctionServed(signal)).rejects.toThrow('The edge function answered with 502.')
})

test('what is refused, and what does not answer, is a failure with its reason', async () => {
  answers = [json({ outcome: 'refused', reason: 'Only admins.' }, 403)]
  await expect(served.askFunction({ action: 'drift' })).rejects.toThrow('Only admins.')
  answers = [json({ outcome: 'refused' }, 403)]
  await expect(served.askFunction({ action: 'drift' })).rejects.toThrow('The edge function refused it.')
  answers = [
    () => {
      throw new TypeError('fetch failed')
    },
  ]
  await expect(served.askFunction({ action: 'drift' })).rejects.toMatchObject({
    name: 'FunctionFailure',
    message: 'The edge function does not answer.',
    isAbsent: false,
  })
  const left = new AbortController()
  left.abort(new Error('The page was left.'))
  await expect(served.askFunction({ action: 'status' }, left.signal)).rejects.toThrow('The page was left.')
})

test('drift is checked twice around: what was under way may have been in the middle', async () => {
  const part = json({ outcome: 'drift', isRoundComplete: false })
  const end = json({ outcome: 'drift', isRoundComplete: true })
  answers = [part, end, part, part, end]
  await served.checkDriftOnceAround()
  expect(calls).toHaveLength(5)
  answers = [json({ outcome: 'failed', message: 'A check failed.' })]
  await expect(served.checkDriftOnceAround()).rejects.toThrow('A check failed.')
  answers = [json({ outcome: 'failed' })]
  await expect(served.checkDriftOnceAround()).rejects.toThrow('The check was not done.')
})
