import { createElement } from 'react'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { stubApp } from '../../../../../scripts/testing/stubApp.ts'
import type { WorkAnswer, WorkCommand } from '../../services/migrateThemesFunction.ts'

let asked: unknown[]
/** When each was asked; ms. */
let askedAt: number[]
let answers: Partial<WorkAnswer>[]

beforeAll(() => vi.resetModules())
afterEach(() => vi.useRealTimers())
afterAll(() => vi.resetModules())

/** Has the edge function do it, as a component does. */
async function work(command: WorkCommand): Promise<WorkAnswer> {
  asked = []
  askedAt = []
  const fetch: typeof globalThis.fetch = async (input, init) => {
    asked.push(await new Request(input, init).json())
    askedAt.push(Date.now())
    return Response.json(answers.shift())
  }
  stubApp({ apiUrl: 'https://project.supabase.co', publishableKey: 'sb_publishable_of_the_tests', fetch })
  const { QueryClient, QueryClientProvider } = await import('@tanstack/react-query')
  const { renderToString } = await import('react-dom/server')
  const { useWork } = await import('./useWork.ts')
  const client = new QueryClient()
  let run: ReturnType<typeof useWork>['mutateAsync'] | undefined
  function Component() {
    run = useWork().mutateAsync
    return null
  }
  renderToString(createElement(QueryClientProvider, { client }, createElement(Component)))
  if (run === undefined) throw new Error('The component was not rendered.')
  return run(command)
}

test('a run is started once, and then gone on with until another call would do no more', async () => {
  answers = [
    { outcome: 'working', again: true },
    { outcome: 'working', again: true },
    { outcome: 'complete' },
  ]
  expect(await work({ action: 'advance', start: true, plan: 'abc' })).toMatchObject({ outcome: 'complete' })
  expect(asked).toEqual([
    { action: 'advance', start: true, plan: 'abc' },
    { action: 'advance' },
    { action: 'advance' },
  ])
})

test('a rollback stays the same command, and waits when it is told to try later', async () => {
  answers = [{ outcome: 'try-later', again: true }, { outcome: 'rolled-back' }]
  vi.useFakeTimers({ toFake: ['setTimeout', 'Date'] })
  const command = { action: 'rollback', run: 'run', exact: true, to: null } as const
  let isDone = false
  const done = work(command).finally(() => {
    isDone = true
  })
  while (!isDone) await vi.advanceTimersByTimeAsync(100)
  expect(await done).toMatchObject({ outcome: 'rolled-back' })
  expect(asked).toEqual([command, command])
  const [first = 0, second = 0] = askedAt
  expect(second - first).toBeGreaterThanOrEqual(2000)
})
