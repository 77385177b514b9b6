import { expect, test, vi } from 'vitest'
import { createQueryClient } from '../../../../lib/queryClient.ts'
import { signedInUserQuery } from '../../../auth/index.ts'
import { CacheManager } from '../../cache/cacheManager.ts'
import { keepDecisions, readKeptDecisions } from './keptDecisions.ts'
import type { Decision, Decisions } from './planDraft.ts'

const decided = (...themes: string[]): Decisions =>
  new Map(
    themes.map((tag): [string, Decision] => [tag, { tag, category: 'theme', proposal: null, accept: true }]),
  )

test('decisions whose write was refused are kept a moment later, and those before them never again', async () => {
  const client = createQueryClient()
  client.setQueryData<unknown>(signedInUserQuery().queryKey, { id: 'anna', email: '', name: 'Anna' })
  const set = vi.spyOn(CacheManager.prototype, 'set').mockResolvedValueOnce(false)
  const [older, newer] = [vi.fn(), vi.fn()]
  keepDecisions(client, decided('Grace'), older)
  await expect.poll(() => set.mock.calls.length).toBe(1)
  set.mockResolvedValueOnce(false)
  keepDecisions(client, decided('Grace', 'Hope'), newer)
  await expect.poll(() => newer.mock.calls.length).toBe(1)
  expect(await readKeptDecisions(client)).toEqual(decided('Grace', 'Hope'))
  expect(older).not.toHaveBeenCalled()
  expect(set).toHaveBeenCalledTimes(3)
})
