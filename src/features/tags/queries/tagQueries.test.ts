import { onlineManager, QueryClient } from '@tanstack/react-query'
import { createElement } from 'react'
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { stubApp } from '../../../../scripts/testing/stubApp.ts'
import { tagNamed } from '../../../../scripts/testing/syncFixture.ts'
import { createTestDatabase, type TestDatabase } from '../../../../scripts/testing/testDatabase.ts'
import type { CatalogSnapshot } from '../catalog/types.ts'
import type { NewTag } from '../services/tagService.ts'
import { tagKeys } from './tagKeys.ts'

let database: TestDatabase
let client: QueryClient
/** The calls that reached the API. */
let calls: string[]

async function importQueries() {
  const { suggestedTagsQuery } = await import('./suggestedTags.ts')
  const { tagByIdQuery } = await import('./tagById.ts')
  const { popularTagsQuery } = await import('./popularTags.ts')
  const { companionsQuery } = await import('./companions.ts')
  const { useCreateTag } = await import('./useCreateTag.ts')
  return { suggestedTagsQuery, tagByIdQuery, popularTagsQuery, companionsQuery, useCreateTag }
}
let queries: Awaited<ReturnType<typeof importQueries>>

beforeAll(async () => {
  database = await createTestDatabase()
  vi.resetModules()
  stubApp(database)
  queries = await importQueries()
  const { getSupabase } = await import('../../../lib/supabase.ts')
  await getSupabase().auth.signUp({ email: 'editor@example.org', password: 'a long password' })
})
beforeEach(() => {
  calls = []
  client = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  const counting: typeof fetch = (input, init) => {
    calls.push(new URL(input instanceof Request ? input.url : input).pathname.split('/').at(-1) ?? '')
    return database.fetch(input, init)
  }
  stubApp({ ...database, fetch: counting })
})
afterAll(async () => {
  vi.resetModules()
  await database.drop()
})

describe('suggestions while somebody types', () => {
  const ask = (query: string, chosen: string[] = []) =>
    client.fetchQuery(queries.suggestedTagsQuery(query, chosen))
  const names = async (query: string) => (await ask(query)).suggestions.map(({ tag }) => tag.name)

  test('come without a request as long as a complete answer to the beginning holds them', async () => {
    expect(await names('thank')).toContain('Thanksgiving')
    expect(await names('thanks')).toContain('Thanksgiving')
    expect((await names('Thanksgiving!'))[0]).toBe('Thanksgiving')
    expect(calls).toEqual(['suggest_tags'])
  })

  test('are asked for when nothing begins like that, or something else is chosen', async () => {
    await names('thank')
    expect(await names('thanksgvi')).toContain('Thanksgiving')
    await ask('thank', [await tagNamed(database.sql, 'Grace')])
    expect(calls).toEqual(['suggest_tags', 'suggest_tags', 'suggest_tags'])
  })

  test('are asked for again when the answer to the beginning is out of date', async () => {
    await names('thank')
    await client.invalidateQueries({ queryKey: tagKeys.suggestions() })
    await names('thanks')
    expect(calls).toEqual(['suggest_tags', 'suggest_tags'])
  })

  test('need no request for an empty query', async () => {
    expect(await names('  ')).toEqual([])
    expect(calls).toEqual([])
  })
})

test('a tag by its id, the most used ones and companions are each one question', async () => {
  const grace = await tagNamed(database.sql, 'Grace')
  expect(await client.fetchQuery(queries.tagByIdQuery(grace))).toMatchObject({ name: 'Grace' })
  expect(await client.fetchQuery(queries.popularTagsQuery(2))).toHaveLength(2)
  expect(await client.fetchQuery(queries.companionsQuery([grace]))).toEqual(new Map())
  expect(calls).toEqual(['tags_by_id', 'popular_tags', 'tag_companions'])
})

test('a tag that was asked for before is at hand without a connection', async () => {
  const grace = await tagNamed(database.sql, 'Grace')
  await client.fetchQuery(queries.tagByIdQuery(grace))
  onlineManager.setOnline(false)
  onTestFinished(() => onlineManager.setOnline(true))
  const later = new QueryClient()
  void later.prefetchQuery(queries.tagByIdQuery(grace))
  await expect.poll(() => later.getQueryData(tagKeys.byId(grace))).toMatchObject({ name: 'Grace' })
})

test('a new tag is in the catalogue at once, and suggestions from before are out of date', async () => {
  const catalog: CatalogSnapshot = { version: '1', tags: [] }
  client.setQueryData(tagKeys.catalog(), catalog)
  await client.fetchQuery(queries.suggestedTagsQuery('brand', []))
  const { tag } = await create({ name: 'Brand new', category: 'mood' })
  expect(client.getQueryData(tagKeys.catalog())).toEqual({ version: '1', tags: [tag] })
  expect(client.getQueryData(queries.tagByIdQuery(tag.id).queryKey)).toEqual(tag)
  const { suggestions } = await client.fetchQuery(queries.suggestedTagsQuery('brand n', []))
  expect(suggestions).toMatchObject([{ tag: { name: 'Brand new' }, kind: 'prefix' }])
})

/** Makes a tag as a component does. */
async function create(tag: NewTag) {
  // The modules that the queries were imported with.
  const { QueryClientProvider } = await import('@tanstack/react-query')
  const { renderToString } = await import('react-dom/server')
  let make: ReturnType<typeof queries.useCreateTag>['mutateAsync'] | undefined
  function Component() {
    make = queries.useCreateTag().mutateAsync
    return null
  }
  renderToString(createElement(QueryClientProvider, { client }, createElement(Component)))
  if (make === undefined) throw new Error('The component was not rendered.')
  return make(tag)
}
