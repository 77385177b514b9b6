import type { CatalogTag } from '../../../src/features/tags/catalog/types.ts'
import { foldName } from '../../../src/lib/folding.ts'
import { SeededRandom, type Weighted } from '../../seed/seededRandom.ts'
import { THEME_WORDS } from '../../seed/themeWords.ts'
import { vocabulary } from './vocabulary.ts'

/** How people name tags of their own; capitals stand for what is drawn. */
const SHAPES: readonly Weighted<string>[] = [
  ['THEME THEME', 14],
  ['THEME of THEME', 10],
  ['THEME and THEME', 10],
  ['THEME & THEME', 6],
  ['THEME in THEME', 4],
  ['Songs for THEME', 4],
  ['NAME THEME', 8],
  ['NAME NAME', 10],
  ['NAME', 8],
  ['St. NAME', 3],
  ["NAME's THEME", 3],
  ['THEME NUMBER', 6],
  ['NAME Youth Camp', 2],
  ['THEME: THEME', 3],
  ['WORD', 6],
  ['WORD WORD', 3],
]

const ONSETS = 'b br c ch d dr f g gr h j k kl l m n p pr r s sh st t th tr v w z'.split(' ')
const VOWELS = 'a e i o u a e o ai ea ie oa ü é'.split(' ')
const CODAS = ', , , l n r s t m nd rt ck ng'.split(/[ ,]+|, /)
const CATEGORIES = ['theme', 'mood', 'occasion', 'liturgical'] as const
/** Usage of the first of them; the nth has an nth of it to the power of 0.8, as Zipf has it. */
const MOST_USED = 120

/**
 * The labelled vocabulary with tags that people might have made around it, up to `count`: combined from themes in many
 * languages, names and words that nobody has used before, some with a synonym. The same for every run.
 */
export function syntheticTags(count: number): CatalogTag[] {
  const random = new SeededRandom(`matcher/${count}`)
  const taken = new Set(vocabulary.flatMap(({ name, synonyms }) => [name, ...synonyms]).map(foldName))
  const themes = THEME_WORDS.flatMap(({ word, synonyms, translations }) => [
    word,
    word,
    word,
    ...synonyms,
    ...Object.values(translations),
  ])
  const names = Array.from({ length: Math.max(50, count / 20) }, () => inventedWord(random))
  const tags = [...vocabulary]
  while (tags.length < count) {
    const name = drawName(random, themes, names, taken)
    const synonyms = random.chance(0.25) ? [drawName(random, themes, names, taken)] : []
    tags.push({
      id: `made-${tags.length}`,
      name,
      category: random.pick(CATEGORIES),
      colour: null,
      isStandard: false,
      usage: Math.round(MOST_USED / (tags.length - vocabulary.length + 1) ** 0.8),
      synonyms,
    })
  }
  return tags
}

function drawName(
  random: SeededRandom,
  themes: readonly string[],
  names: readonly string[],
  taken: Set<string>,
): string {
  for (;;) {
    const name = random.pickWeighted(SHAPES).replace(/[A-Z]{4,}/g, (what) => {
      if (what === 'THEME') return random.pick(themes)
      if (what === 'NAME') return random.pick(names)
      return what === 'WORD' ? inventedWord(random) : String(1 + random.below(300))
    })
    const key = foldName(name)
    if (taken.has(key)) continue
    taken.add(key)
    return name
  }
}

function inventedWord(random: SeededRandom): string {
  let word = ''
  for (let syllables = 2 + random.below(2); syllables > 0; syllables--) {
    word += random.pick(ONSETS) + random.pick(VOWELS) + random.pick(CODAS)
  }
  return word.charAt(0).toUpperCase() + word.slice(1)
}
