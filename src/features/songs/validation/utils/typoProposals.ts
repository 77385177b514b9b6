import type { CustomGroup } from './customGroups.ts'
import { compareText } from './displayName.ts'
import { WrittenWords } from './nearWords.ts'
import type { TagIndex } from './tagIndex.ts'
import { TypoIndex, type TypoMatch, wordsOf } from './typoIndex.ts'
import { inVocabulary, vocabularyTypos } from './vocabulary.ts'

export interface TypoProposal {
  /** The tag that was probably meant. */
  name: string
  reason: string
  confidence: number
}

/** A custom tag vouches for a spelling when it has this many songs, and this many times those of the misspelling. */
const VOUCHING_SONGS = 5
const VOUCHING_RATIO = 10
/** A word that this many groups use is a word, however near it is to another. */
const WORD_USES = 2

/** Variations are many, foreign and short ones among them (Louange, lounge): only long words of theirs draw typos. */
const SHORTEST_VARIATION_WORD = 8

const CONFIDENCE = { oneLetter: 0.8, twoLetters: 0.6, likeCustomTag: 0.5 }

/** Finds what misspelt names probably mean: a tag that exists or belongs to the vocabulary, or a common custom one. */
export class TypoProposals {
  readonly #tags: TagIndex
  /** Names and synonyms that only the database has; the vocabulary has an index of its own. */
  readonly #ownNames = new TypoIndex<string>(new WrittenWords())
  readonly #custom = new TypoIndex<CustomGroup>(new WrittenWords())
  readonly #wordsOfNames = new Set<string>()
  readonly #groupsByWord = new Map<string, number>()
  readonly #likeTags = new Map<string, TypoProposal | null>()

  /**
   * @param tags what may be meant
   * @param groups the custom tags to be, by the folded names that stand for them; only single names, no compounds
   */
  constructor(tags: TagIndex, groups: ReadonlyMap<string, CustomGroup>) {
    this.#tags = tags
    for (const { key, isName } of tags.entries()) {
      if (isName) for (const word of wordsOf(key)) this.#wordsOfNames.add(word)
      if (!inVocabulary(key)) this.#ownNames.add(key, key)
    }
    for (const folded of groups.keys()) {
      for (const word of new Set(wordsOf(folded))) {
        this.#groupsByWord.set(word, (this.#groupsByWord.get(word) ?? 0) + 1)
      }
    }
    for (const [folded, group] of groups) {
      // A group that is itself misspelt must not draw others.
      if (group.songs >= VOUCHING_SONGS && !this.#likeTag(folded)) this.#custom.add(folded, group)
    }
  }

  /** @param songs how many songs carry the misspelt name's group */
  find(folded: string, songs: number): TypoProposal | null {
    return this.#likeTag(folded) ?? this.#likeCustomTag(folded, songs)
  }

  #likeTag(folded: string): TypoProposal | null {
    const known = this.#likeTags.get(folded)
    if (known !== undefined) return known
    const proposal = this.#proposeTag(folded)
    this.#likeTags.set(folded, proposal)
    return proposal
  }

  #proposeTag(folded: string): TypoProposal | null {
    const matches = [...vocabularyTypos().find(folded), ...this.#ownNames.find(folded)].flatMap((match) => {
      const entry = this.#tags.byKey(match.target)
      if (!entry || this.#wordsOfNames.has(match.written)) return []
      return entry.isName || match.meant.length >= SHORTEST_VARIATION_WORD
        ? [{ ...match, target: entry }]
        : []
    })
    const best = nearest(matches, (entry) => entry.tag.name)
    if (!best) return null
    const { tag, isName, spelling } = best.target
    return {
      name: tag.name,
      reason: `${letters(best.distance)} from ${isName ? tag.name : `${spelling}, which is ${tag.name}`}`,
      confidence: best.distance === 1 ? CONFIDENCE.oneLetter : CONFIDENCE.twoLetters,
    }
  }

  #likeCustomTag(folded: string, songs: number): TypoProposal | null {
    const matches = this.#custom.find(folded).filter(({ target, written }) => {
      return target.songs >= songs * VOUCHING_RATIO && (this.#groupsByWord.get(written) ?? 0) < WORD_USES
    })
    const best = nearest(matches, (group) => group.name)
    if (!best) return null
    return {
      name: best.target.name,
      reason: `${letters(best.distance)} from ${best.target.name}, which ${best.target.songs} songs have`,
      confidence: CONFIDENCE.likeCustomTag,
    }
  }
}

/** The match with the fewest letters between; none when two tags are equally near, since a guess would be a coin toss. */
function nearest<T>(matches: readonly TypoMatch<T>[], nameOf: (target: T) => string): TypoMatch<T> | null {
  const sorted = [...matches].sort(
    (a, b) =>
      a.distance - b.distance ||
      compareText(a.meant, b.meant) ||
      compareText(nameOf(a.target), nameOf(b.target)),
  )
  const [best] = sorted
  if (!best) return null
  const rivals = sorted.filter(({ distance }) => distance === best.distance)
  return rivals.every(({ target }) => nameOf(target) === nameOf(best.target)) ? best : null
}

function letters(count: number): string {
  return count === 1 ? '1 letter' : `${count} letters`
}
