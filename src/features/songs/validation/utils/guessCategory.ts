import { foldName } from '../../../../lib/folding.ts'
import type { TagCategory } from '../constants/themes.ts'
import { inVocabulary } from './vocabulary.ts'

/** Words that say what kind of thing a name is, when it ends with one. */
const HEAD_WORDS: Record<string, TagCategory> = {
  sunday: 'occasion',
  festival: 'occasion',
  feast: 'occasion',
  holiday: 'occasion',
  season: 'occasion',
  vigil: 'occasion',
  anniversary: 'occasion',
  psalm: 'liturgical',
  canticle: 'liturgical',
  litany: 'liturgical',
  liturgy: 'liturgical',
  mass: 'liturgical',
  rite: 'liturgical',
  sacrament: 'liturgical',
  acclamation: 'liturgical',
  tempo: 'mood',
  mood: 'mood',
}

export interface GuessedCategory {
  category: TagCategory
  /** For people: why this one. */
  reason: string
}

/**
 * The category of a tag that is about to be made: a standard theme has its own, a name may say it by its last word
 * (`Founders Sunday`) or by being a numbered psalm; anything else is a theme until somebody says otherwise.
 */
export function guessCategory(name: string): GuessedCategory {
  const key = foldName(name)
  const standard = inVocabulary(key)
  if (standard?.isName) return { category: standard.theme.category, reason: 'a standard tag' }
  const words = key.split(' ')
  if (/^psalm \d/.test(key)) return { category: 'liturgical', reason: 'a psalm by its number' }
  const head = words.at(-1) ?? ''
  const category = words.length > 1 && Object.hasOwn(HEAD_WORDS, head) ? HEAD_WORDS[head] : undefined
  return category
    ? { category, reason: `category by the word “${head}”` }
    : { category: 'theme', reason: 'category assumed' }
}
