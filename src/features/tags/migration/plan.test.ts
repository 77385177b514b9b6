import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { appliedTags, needsReview, planHash, plannedTags, sourceHash } from './plan.ts'
import type { MigrationPlan, PlanEntry } from './types.ts'

const entry = (rawTheme: string, more: Partial<PlanEntry> = {}): PlanEntry => ({
  rawTheme,
  disposition: 'custom',
  tag: rawTheme,
  category: 'theme',
  reason: 'no known theme',
  confidence: 1,
  songs: 3,
  proposal: null,
  accept: false,
  ...more,
})
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const planOf = (...entries: PlanEntry[]): MigrationPlan => ({ source: 'a'.repeat(64), entries })

describe('planHash', () => {
  const plan = planOf(entry('Grace'), entry('Grace/Mercy', { proposal: ['Grace', 'Mercy'] }), entry('Ω'))
  const changed = (more: Partial<PlanEntry>) =>
    planHash({
      ...plan,
      entries: plan.entries.map((one, index) => (index === 1 ? { ...one, ...more } : one)),
    })

  test('is a SHA-256 in lower-case hex', async () => {
    expect(await planHash(plan)).toMatch(/^[0-9a-f]{64}$/)
    expect(await planHash(planOf())).toMatch(/^[0-9a-f]{64}$/)
  })

  // It is stored with a run, and compared by later releases.
  test('is that of these very lines', async () => {
    const lines = [
      '["Grace","custom","theme",["Grace"],false]',
      '["Grace/Mercy","custom","theme",["Grace/Mercy"],true]',
      '["Ω","custom","theme",["Ω"],false]',
    ]
    expect(await planHash(plan)).toBe(sha256(lines.join('\n')))
  })

  test('does not depend on the order of the entries', async () => {
    expect(await planHash({ ...plan, entries: plan.entries.toReversed() })).toBe(await planHash(plan))
  })

  test.each<[string, Partial<PlanEntry>]>([
    ['how many songs hold a theme', { songs: 99 }],
    ['the reason', { reason: 'another' }],
    ['the confidence', { confidence: 0.1 }],
    ['which proposal nobody has accepted', { proposal: ['Grace'] }],
  ])('does not depend on %s', async (_, more) => {
    expect(await changed(more)).toBe(await planHash(plan))
  })

  test.each<[string, Partial<PlanEntry>]>([
    ['the raw theme', { rawTheme: 'grace/mercy' }],
    ['the tag', { tag: 'Grace and mercy' }],
    ['the spelling of the tag', { tag: 'grace/mercy' }],
    ['no tag', { tag: null }],
    ['the category', { category: 'mood' }],
    ['the disposition', { disposition: 'split' }],
    ['an accepted proposal', { accept: true }],
    ['nothing left to review', { proposal: null }],
  ])('changes with %s', async (_, more) => {
    expect(await changed(more)).not.toBe(await planHash(plan))
  })

  test('changes with the order of the tags that an accepted proposal yields', async () => {
    const inOrder = await changed({ accept: true, proposal: ['Grace', 'Mercy'] })
    expect(await changed({ accept: true, proposal: ['Mercy', 'Grace'] })).not.toBe(inOrder)
  })

  test('changes with an entry more or less', async () => {
    expect(await planHash(planOf(...plan.entries, entry('Hope')))).not.toBe(await planHash(plan))
    expect(await planHash(planOf(...plan.entries.slice(1)))).not.toBe(await planHash(plan))
  })
})

describe('sourceHash', () => {
  test('does not depend on order, and on nothing less than every theme', async () => {
    const hash = await sourceHash(['b', 'a', ''])
    expect(await sourceHash(['', 'a', 'b'])).toBe(hash)
    expect(hash).toBe(sha256('""\n"a"\n"b"'))
    // A joined list would not tell these two apart.
    expect(await sourceHash(['a\nb'])).not.toBe(await sourceHash(['a', 'b']))
  })
})

describe('an entry', () => {
  test('yields its tag until its proposal is accepted', () => {
    const split = entry('Grace/Mercy', { proposal: ['Grace', 'Mercy'] })
    expect(appliedTags(split)).toEqual(['Grace/Mercy'])
    expect(needsReview(split)).toBe(true)
    expect(appliedTags({ ...split, accept: true })).toEqual(['Grace', 'Mercy'])
    expect(needsReview({ ...split, accept: true })).toBe(false)
    // What was proposed may have been taken away since.
    expect(appliedTags({ ...split, proposal: null, accept: true })).toEqual(['Grace/Mercy'])
  })

  test('without a tag yields nothing', () => {
    expect(appliedTags(entry(' ', { disposition: 'blank', tag: null }))).toEqual([])
  })
})

describe('plannedTags', () => {
  test('names each tag once, by its first spelling', () => {
    const tags = plannedTags([entry('Grace'), entry('GRACE'), entry(' ', { tag: null }), entry('Hope')])
    expect([...tags.values()]).toEqual(['Grace', 'Hope'])
  })
})
