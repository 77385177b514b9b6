import { describe, expect, test } from 'vitest'
import { foldName } from '../../../src/lib/folding.ts'
import { isAcceptable } from './isAcceptable.ts'
import { labels } from './labels.ts'
import type { LabelKind } from './parseLabels.ts'
import { vocabulary } from './vocabulary.ts'

const byKind = Map.groupBy(labels, ({ kind }) => kind)
const tagNames = new Set(vocabulary.map(({ name }) => name))

/** The label of the query, whatever its kind. */
function labelOf(query: string) {
  const label = labels.find((listed) => listed.query === query)
  if (!label) throw new Error(`No label for ${query}.`)
  return label
}

/** Whether one slip of the kind turns what was meant into the query. */
function isSlip(kind: LabelKind, meant: string, query: string): boolean {
  const start = Array.from(meant).findIndex((letter, i) => letter !== query[i])
  const at = start < 0 ? meant.length : start
  const rest = meant.slice(at)
  const typedRest = query.slice(at)
  switch (kind) {
    case 'typo-substitution':
      return typedRest.slice(1) === rest.slice(1) && typedRest[0] !== rest[0]
    case 'typo-insertion':
      return typedRest.slice(1) === rest
    case 'typo-deletion':
      return typedRest === rest.slice(1)
    case 'typo-transposition':
      return typedRest === `${rest[1]}${rest[0]}${rest.slice(2)}`
    default:
      return false
  }
}

const SLIPS = ['typo-substitution', 'typo-insertion', 'typo-deletion', 'typo-transposition'] as const

describe('vocabulary', () => {
  test('is the standard tags and some two hundred of people’s own, under names of their own', () => {
    expect(vocabulary.filter(({ isStandard }) => isStandard).length).toBeGreaterThan(200)
    expect(vocabulary.filter(({ isStandard }) => !isStandard).length).toBeGreaterThanOrEqual(200)
    const spellings = vocabulary.flatMap(({ name, synonyms }) => [name, ...synonyms]).map(foldName)
    expect(spellings.filter((spelling, i) => spellings.indexOf(spelling) !== i)).toEqual([])
  })

  test('fits a catalogue: known categories, whole usages', () => {
    const categories = new Set(vocabulary.map(({ category }) => category))
    expect([...categories].sort()).toEqual(['liturgical', 'mood', 'occasion', 'theme'])
    expect(vocabulary.filter(({ usage }) => !Number.isInteger(usage) || usage < 0)).toEqual([])
  })
})

describe('labels', () => {
  test('at least 440 queries that want a tag, 30 of each kind, and 40 that want none', () => {
    expect(labels.filter(({ kind }) => kind !== 'none').length).toBeGreaterThanOrEqual(440)
    expect([...byKind].filter(([, alike]) => alike.length < 30)).toEqual([])
    expect(byKind.get('none')?.length).toBeGreaterThanOrEqual(40)
  })

  test('name tags of the vocabulary alone, at most five that have to come', () => {
    const named = labels.flatMap(({ expected, acceptable }) => [...expected, ...acceptable])
    expect(named.filter((name) => !tagNames.has(name))).toEqual([])
    expect(labels.filter(({ expected }) => expected.length > 5)).toEqual([])
  })

  test('ask nothing twice', () => {
    const keys = labels.map(({ kind, query }) => `${kind}: ${query}`)
    expect(keys.filter((key, i) => keys.indexOf(key) !== i)).toEqual([])
  })

  test.each(SLIPS)('each %s is one such slip, after the first letter', (kind) => {
    const others = byKind
      .get(kind)
      ?.filter(({ meant, query }) => !isSlip(kind, meant, query) || meant[0] !== query[0])
    expect(others).toEqual([])
  })

  test('in an unfinished word, one slip too; for the first letter, in the first letter', () => {
    const oneSlip = (kind: LabelKind) =>
      byKind.get(kind)?.filter(({ meant, query }) => !SLIPS.some((slip) => isSlip(slip, meant, query)))
    expect(oneSlip('typo-in-prefix')).toEqual([])
    expect(oneSlip('first-letter-typo')).toEqual([])
    expect(
      byKind.get('first-letter-typo')?.filter(({ meant, query }) => meant.startsWith(query.slice(0, 2))),
    ).toEqual([])
  })

  test('no typo is a spelling that the vocabulary lists', () => {
    const spellings = new Set(vocabulary.flatMap(({ name, synonyms }) => [name, ...synonyms]).map(foldName))
    const typos = labels.filter(({ kind }) => kind.includes('typo'))
    expect(typos.filter(({ query }) => spellings.has(foldName(query)))).toEqual([])
  })
})

describe('isAcceptable', () => {
  const tag = (name: string, ...synonyms: string[]) => ({ name, synonyms })

  test('what shows the query, or what was meant, at the beginning of a word', () => {
    expect(isAcceptable(labelOf('pr'), tag('Men’s Prayer'))).toBe(true)
    expect(isAcceptable(labelOf('pr'), tag('Lent', 'Preparation'))).toBe(true)
    expect(isAcceptable(labelOf('pr'), tag('Spring'))).toBe(false)
    expect(isAcceptable(labelOf('gracr'), tag('Grace Upon Grace'))).toBe(true)
    expect(isAcceptable(labelOf('gracr'), tag('Great Vigil'))).toBe(false)
  })

  test('what shows a longer query anywhere, and what is listed', () => {
    expect(isAcceptable(labelOf('light'), tag('Delight'))).toBe(true)
    expect(isAcceptable(labelOf('xmas'), tag('Christmas'))).toBe(true)
  })

  test('nothing where nothing is wanted', () => {
    expect(isAcceptable(labelOf('pizza'), tag('Pizza'))).toBe(false)
  })

  test('no tag shows what means none', () => {
    const shown = byKind.get('none')?.filter((label) => {
      const asInfix = { ...label, kind: 'infix' as const }
      return vocabulary.some((tag) => isAcceptable(asInfix, tag))
    })
    expect(shown).toEqual([])
  })
})
