import { foldName } from '../../../../lib/folding.ts'
import { type StandardTheme, standardThemes } from '../constants/themes.ts'
import { findEdits } from './editDistance.ts'
import { TrustedWords } from './nearWords.ts'
import { squashFolded } from './squashKey.ts'
import { TypoIndex } from './typoIndex.ts'

export interface VocabularyEntry {
  theme: StandardTheme
  isName: boolean
  spelling: string
  key: string
  squashed: string
}

/** The standard vocabulary with its keys, names first: folding it anew for every plan would cost more than the plan. */
export const vocabulary: readonly VocabularyEntry[] = [
  ...standardThemes.map((theme) => entry(theme, theme.name)),
  ...standardThemes.flatMap((theme) => theme.variations.map((variation) => entry(theme, variation))),
]

const byKey = new Map(vocabulary.map((listed) => [listed.key, listed]))

/** What the vocabulary itself says about a key, whatever the database says. */
export function inVocabulary(key: string): VocabularyEntry | undefined {
  return byKey.get(key)
}

/** Whether two folded names are so near that one is the other, misspelt. */
export function isMisspelling(folded: string, name: string): boolean {
  const near = Math.min(folded.length, name.length) > 3 && folded[0] === name[0]
  return near && findEdits(folded, name, 2) !== null
}

let typos: TypoIndex<string> | undefined

/**
 * Finds keys of the vocabulary by misspellings. The misspellings it lists draw no others: what is two letters from one
 * of them is another word (salivation, from salvaton).
 */
export function vocabularyTypos(): TypoIndex<string> {
  if (typos) return typos
  typos = new TypoIndex(new TrustedWords())
  for (const { name, variations } of standardThemes) {
    const keys = [name, ...variations].map(foldName)
    for (const [i, key] of keys.entries()) {
      if (!keys.slice(0, i).some((earlier) => isMisspelling(key, earlier))) typos.add(key, key)
    }
  }
  return typos
}

function entry(theme: StandardTheme, spelling: string): VocabularyEntry {
  const key = foldName(spelling)
  return { theme, isName: spelling === theme.name, spelling, key, squashed: squashFolded(key) }
}
