import { expect, it } from 'vitest'
import type { MigrationPlan, PlanEntry } from '../../migration/types.ts'
import { groupLines, planFacts, reviewLines } from './planReport.ts'
import { createStyle } from './style.ts'

const style = createStyle({ unicode: true, colours: false })

function entry(
  rawTheme: string,
  disposition: PlanEntry['disposition'],
  more: Partial<PlanEntry> = {},
): PlanEntry {
  return {
    rawTheme,
    disposition,
    tag: rawTheme,
    category: 'theme',
    reason: '',
    confidence: 1,
    songs: 1,
    proposal: null,
    accept: false,
    ...more,
  }
}

const plan: MigrationPlan = {
  source: '',
  entries: [
    entry('praise', 'canonical', { tag: 'Praise', songs: 1203 }),
    entry('Xmas', 'variation', { tag: 'Christmas', songs: 12 }),
    entry('Thanksgivng', 'fuzzy', {
      proposal: ['Thanksgiving'],
      songs: 37,
      reason: '1 letter from Thanksgiving',
    }),
    entry('Grace/Mercy', 'split', { proposal: ['Grace', 'Mercy'], songs: 3 }),
    entry('שבח\u001b[2J', 'custom', { tag: 'שבח', songs: 2 }),
    entry('讃美歌の集まり', 'custom', { songs: 1 }),
    entry(' ', 'blank', { tag: null, songs: 4 }),
  ],
}

it('says the plan in one line', () => {
  const facts = planFacts(plan, { songs: 10_000, songsWithThemes: 9412 }, { known: 2, made: 4 }, style)
  expect(facts.join('   ')).toBe('7 themes → 6 tags   2 known, 4 new   2 to review   9,412 of 10,000 songs')
})

it('lists what needs review, most songs first, and counts the rest', () => {
  expect(reviewLines(plan, { style, width: 80, most: 1 })).toEqual([
    '          review first',
    '          “Thanksgivng”  → Thanksgiving?  37 songs  1 letter',
    '          and 1 more',
  ])
  expect(reviewLines({ source: '', entries: [] }, { style, width: 80, most: 1 })).toEqual([])
})

it('groups the rest by what becomes of it, harmless to the terminal', () => {
  expect(groupLines(plan, { style, width: 80, most: 5 })).toEqual([
    'Known by name   1 theme → 1 tag, used 1,203 times',
    '  “praise”  → Praise  1,203 songs',
    'Known variations   1 theme → 1 tag, used 12 times',
    '  “Xmas”  → Christmas  12 songs',
    'New tags   2 themes → 2 tags, used 3 times',
    '  “\u2068שבח\\u001b[2J\u2069”    → \u2068שבח\u2069             2 songs',
    '  “讃美歌の集まり”  → 讃美歌の集まり   1 song',
    'Probable misspellings   1 theme → 1 tag, used 37 times',
    '  tags of their own until accepted',
    'Probably several in one   1 theme → 1 tag, used 3 times',
    '  tags of their own until accepted',
    'Blank   1 theme, used 4 times',
    '  no tag; the theme stays',
    '  “ ”  4 songs',
  ])
})

it('fits a narrow terminal', () => {
  expect(reviewLines(plan, { style, width: 40, most: 5 })).toEqual([
    '          review first',
    '          “Thanksgivng”  → Thanksgiving?',
    '          “Grace/Mercy”  → Grace + Mer…?',
  ])
})
