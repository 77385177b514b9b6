import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { stubApp } from '../../../../../../scripts/testing/stubApp.ts'
import type { ListedTag } from '../../../services/adminTag.ts'

const grace: ListedTag = {
  id: 'grace',
  name: 'Grace',
  category: 'theme',
  colour: null,
  songs: 3,
  isStandard: true,
  needsReview: false,
  isBanned: false,
  createdAt: '2026-11-02',
  seen: '',
  mergedInto: null,
  synonyms: ['Mercy', 'Favour'],
  key: { value: 'grace', tie: 'grace' },
}
const xmas: ListedTag = {
  ...grace,
  id: 'xmas',
  name: 'Xmas',
  isStandard: false,
  needsReview: true,
  isBanned: true,
  mergedInto: { id: 'christmas', name: 'Christmas' },
  synonyms: [],
}
let asked: { p_from?: unknown; p_query: string }[]

beforeAll(() => vi.resetModules())
beforeEach(() => {
  asked = []
  const fetch: typeof globalThis.fetch = async (input, init) => {
    asked.push((await new Request(input, init).json()) as (typeof asked)[number])
    const pages = [
      { rows: [grace], hasMore: true },
      { rows: [xmas], hasMore: false },
    ]
    return Response.json(pages[asked.length - 1])
  }
  stubApp({ apiUrl: 'https://project.supabase.co', publishableKey: 'sb_publishable_of_the_tests', fetch })
})
afterAll(() => vi.resetModules())

const filter = { query: 'a', category: null, kind: 'all' } as const

test('all pages of the list are one file, each asked for from where the one before has ended', async () => {
  const { exportTags } = await import('./exportTags.ts')
  const counts: number[] = []
  const file = await exportTags(filter, 'csv', (tags) => counts.push(tags))
  expect((await file.text()).split('\r\n').slice(1)).toEqual([
    'grace,Grace,theme,,3,yes,no,no,,"Mercy; Favour",2026-11-02',
    'xmas,Xmas,theme,,3,no,yes,yes,Christmas,,2026-11-02',
    '',
  ])
  expect(counts).toEqual([1, 2])
  expect(asked).toMatchObject([{ p_query: 'a' }, { p_query: 'a', p_from: grace.key }])
})

test('as JSON it holds what people know of a tag, and nothing of the list', async () => {
  const { exportTags } = await import('./exportTags.ts')
  const file: unknown = JSON.parse(await (await exportTags(filter, 'json', () => undefined)).text())
  expect(file).toMatchObject([{ name: 'Grace' }, { name: 'Xmas', mergedInto: { name: 'Christmas' } }])
  expect(file).not.toHaveProperty('0.key')
})
