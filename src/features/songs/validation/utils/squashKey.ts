import { foldName } from '../../../../lib/folding.ts'

/**
 * The key by which two ways of writing belong together: folded, every word in the singular, without separators, so
 * that `hip-hop`, `hip hop` and `hiphop` are one group, and `Hymn` and `hymns`. Coarser than a tag's key on purpose:
 * it groups themes that are about to become tags, it never decides what a tag is.
 */
export function squashKey(text: string): string {
  return squashFolded(foldName(text))
}

/** {@link squashKey} of a name that is folded already. */
export function squashFolded(folded: string): string {
  const words = folded.split(' ')
  // Numbers keep their separators: Psalm 11 9 is not Psalm 119.
  return words
    .map(singular)
    .reduce((joined, word) => joined + (/\d$/.test(joined) && /^\d/.test(word) ? ' ' : '') + word)
}

/** Words, alone or at the end of one (`goodnews`), that end like a plural and are none, or mean something else. */
const NOT_PLURAL = new RegExp(
  `(?:adios|always|amos|andes|angeles|arms|charles|clothes|customs|dios|genes|goods|hers|infos|james|jones|kansas|laws|
  lyrics|means|moses|news|pants|physics|politics|qualms|series|shorts|species|thanks|theirs|times|tunes|wales|yours
  )$`.replace(/\s/g, ''),
)

/** Plurals in -as are rare, names and singulars in -as are not (Christmas, Elias, Thomas, gracias). */
const PLURALS_IN_AS = new Set([
  'alleluias',
  'cantatas',
  'dramas',
  'eras',
  'glorias',
  'hosannas',
  'ideas',
  'operas',
])

const PLURALS_IN_IE = new Set([
  'cookies',
  'goodies',
  'indies',
  'movies',
  'newbies',
  'oldies',
  'selfies',
  'zombies',
])

/**
 * The singular of an English plural, where that is safe: four letters or more, nothing in -ss, -us, -is or -as, and no
 * word on the lists of those that only look like plurals.
 */
export function singular(word: string): string {
  if (word.length < 4 || !/^[a-z]+s$/.test(word) || NOT_PLURAL.test(word)) return word
  if (/(?:ss|us|is|as)$/.test(word) && !PLURALS_IN_AS.has(word)) return word
  if (/[^aeiou]ies$/.test(word) && word.length > 5 && !PLURALS_IN_IE.has(word)) return `${word.slice(0, -3)}y`
  if (/(?:ss|sh|ch|x|zz|[^s]o)es$/.test(word) && word.length > 5) return word.slice(0, -2)
  return word.slice(0, -1)
}
