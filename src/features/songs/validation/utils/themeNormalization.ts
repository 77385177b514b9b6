import { foldName, isBlankName } from '../../../../lib/folding.ts'
import type { TagCategory } from '../constants/themes.ts'
import { CustomGroups } from './customGroups.ts'
import { compareText, displayName, MAX_NAME_LENGTH, nameLength } from './displayName.ts'
import { explainMatch } from './explainMatch.ts'
import { guessCategory } from './guessCategory.ts'
import { type Compound, splitCompound } from './splitCompound.ts'
import { type IndexEntry, type KnownTag, TagIndex } from './tagIndex.ts'
import { TypoProposals } from './typoProposals.ts'

export type { KnownTag } from './tagIndex.ts'

/**
 * What becomes of a raw theme:
 * - canonical: a tag's name, but for case, white space, accents and punctuation;
 * - variation: a listed variation or synonym, or another form (separators, plural) of one or of a name;
 * - fuzzy: a new tag, probably a misspelling of another: proposed, not decided;
 * - split: a new tag, probably several in one: proposed, not decided;
 * - custom: a new tag;
 * - blank, too-long: no tag.
 */
type ThemeDisposition = 'canonical' | 'variation' | 'fuzzy' | 'custom' | 'split' | 'blank' | 'too-long'

export interface ThemeCount {
  rawTheme: string
  songs: number
}

export interface NormalizedTheme {
  rawTheme: string
  disposition: ThemeDisposition
  /** The tag it becomes when nobody reviews anything; null for blank and too-long. */
  tag: string | null
  /** Of `tag`, or of the proposal where `accept` is set. */
  category: TagCategory | null
  /** For people. */
  reason: string
  /** 0 to 1. */
  confidence: number
  songs: number
  /** Fuzzy: one tag. Split: two or more. Otherwise null. */
  proposal: string[] | null
  /** Whether the proposal is applied instead of `tag`. */
  accept: boolean
}

export interface NormalizeOptions {
  /** Tags that the database has; they win over the standard vocabulary. */
  knownTags?: Iterable<KnownTag>
  /** Whether misspellings are left alone, proposed, or proposed and accepted. Splits are never accepted here. */
  fuzzy: 'off' | 'review' | 'apply'
}

interface Theme extends ThemeCount {
  name: string
  folded: string
}

const CONFIDENCE = { certain: 1, listed: 0.98, otherForm: 0.9, custom: 0.7, split: 0.5, splitIntoTags: 0.75 }

/**
 * Decides what becomes of every distinct raw theme, all at once: which spelling names a tag depends on the others.
 *
 * Deterministic: neither the order of the input nor the machine matters; answers are in code-unit order of the raw
 * themes, one for each distinct one. No two names in the answers fold alike unless they are the same name, and a name
 * that the database has is spelt as there. Never throws, whatever the themes contain.
 */
export function normalizeThemes(themes: Iterable<ThemeCount>, options: NormalizeOptions): NormalizedTheme[] {
  const tags = new TagIndex(options.knownTags)
  const answers: NormalizedTheme[] = []
  const unknown: Theme[] = []

  for (const theme of distinct(themes)) {
    const answer = answerAtOnce(theme, tags)
    if (answer) answers.push(answer)
    else unknown.push(theme)
  }

  const groups = new CustomGroups()
  for (const { folded, name, songs } of unknown) groups.add(folded, { name, songs })
  const compounds = new Map<Theme, Compound>()
  for (const theme of unknown) {
    const compound = splitCompound(theme.name)
    if (compound && isCredible(compound, theme, tags, groups)) compounds.set(theme, compound)
  }
  // Before any group is named: a part may be the only spelling of its group.
  for (const { parts } of compounds.values()) {
    for (const part of parts)
      if (!tags.byForm(foldName(part))) groups.addPart(foldName(part), displayName(part))
  }

  const typos = options.fuzzy === 'off' ? null : findTypos(unknown, compounds, tags, groups)
  for (const theme of unknown) {
    const compound = compounds.get(theme)
    answers.push(
      (compound && answerCompound(theme, compound, tags, groups)) ??
        answerTypo(theme, typos, groups, options.fuzzy === 'apply', tags) ??
        answerCustom(theme, groups),
    )
  }
  return answers.sort((a, b) => compareText(a.rawTheme, b.rawTheme))
}

function distinct(themes: Iterable<ThemeCount>): Theme[] {
  const songsByTheme = new Map<string, number>()
  for (const { rawTheme, songs } of themes)
    songsByTheme.set(rawTheme, (songsByTheme.get(rawTheme) ?? 0) + songs)
  return [...songsByTheme]
    .map(([rawTheme, songs]) =>
      isText(rawTheme)
        ? { rawTheme, songs, name: '', folded: '' }
        : { rawTheme, songs, name: displayName(rawTheme), folded: foldName(rawTheme) },
    )
    .sort((a, b) => compareText(a.rawTheme, b.rawTheme))
}

/** Composing a text of a million marks takes half a minute; none of this length can be a name. */
const LONGEST_READ = 1000

function isText(rawTheme: string): boolean {
  return rawTheme.length > LONGEST_READ && rawTheme.replace(/\s+/g, ' ').length > LONGEST_READ
}

function answerAtOnce(theme: Theme, tags: TagIndex): NormalizedTheme | null {
  if (isText(theme.rawTheme))
    return answerNothing(theme, 'too-long', `over ${LONGEST_READ} characters, ${MAX_NAME_LENGTH} at most`)
  if (theme.folded === '')
    return answerNothing(theme, 'blank', theme.rawTheme === '' ? 'empty' : 'nothing to be seen')
  const exact = tags.byKey(theme.folded)
  if (exact) return answerKnown(theme, exact, exact.isName ? CONFIDENCE.certain : CONFIDENCE.listed)
  if (isBlankName(theme.rawTheme)) return answerNothing(theme, 'blank', 'nothing but dashes and punctuation')
  const form = tags.byForm(theme.folded)
  if (form) return answerKnown(theme, form, CONFIDENCE.otherForm)
  const length = nameLength(theme.name)
  if (length > MAX_NAME_LENGTH) {
    return answerNothing(theme, 'too-long', `${length} characters, ${MAX_NAME_LENGTH} at most`)
  }
  return null
}

function answerNothing(theme: Theme, disposition: 'blank' | 'too-long', reason: string): NormalizedTheme {
  return answer(theme, { disposition, tag: null, category: null, reason, confidence: CONFIDENCE.certain })
}

function answerKnown(theme: Theme, entry: IndexEntry, confidence: number): NormalizedTheme {
  return answer(theme, {
    disposition: entry.isName && entry.key === theme.folded ? 'canonical' : 'variation',
    tag: entry.tag.name,
    category: entry.tag.category,
    reason: explainMatch(theme.rawTheme, entry),
    confidence,
  })
}

/**
 * Commas, ampersands and dashes stand inside names too: without a sign that the parts are themes, or where somebody
 * writes the same as one name (`hip-hop` beside `hip - hop`), a theme is left whole.
 */
function isCredible(compound: Compound, theme: Theme, tags: TagIndex, groups: CustomGroups): boolean {
  if (compound.kind === 'strong') return true
  const isSingle = (spelling: string) => {
    const other = splitCompound(spelling)
    return other === null || !hasThemesAsParts(other, tags, groups)
  }
  return hasThemesAsParts(compound, tags, groups) && ![...groups.spellings(theme.folded)].some(isSingle)
}

function hasThemesAsParts({ kind, parts }: Compound, tags: TagIndex, groups: CustomGroups): boolean {
  const isTag = (part: string) => tags.byForm(foldName(part)) !== undefined
  if (kind === 'word') return parts.every(isTag)
  if (kind !== 'weak') return true
  return parts.some(isTag) || parts.every((part) => groups.standsAlone(foldName(part)))
}

function answerCompound(
  theme: Theme,
  { parts }: Compound,
  tags: TagIndex,
  groups: CustomGroups,
): NormalizedTheme | null {
  const entries = parts.map((part) => tags.byForm(foldName(part)))
  const names = [...new Set(parts.map((part, i) => entries[i]?.tag.name ?? groups.get(foldName(part)).name))]
  const [first] = entries
  if (names.length === 1) {
    return first && entries.every((entry) => entry !== undefined)
      ? answer(theme, {
          disposition: 'variation',
          tag: first.tag.name,
          category: first.tag.category,
          reason: `every part is ${first.tag.name}`,
          confidence: CONFIDENCE.otherForm,
        })
      : null
  }
  const tag = groups.get(theme.folded).name
  const confidence = entries.every((entry) => entry !== undefined)
    ? CONFIDENCE.splitIntoTags
    : CONFIDENCE.split
  return answer(theme, {
    disposition: 'split',
    tag,
    category: guessCategory(tag).category,
    reason: `may be ${names.length} themes: ${names.join(' + ')}`,
    confidence,
    proposal: names,
  })
}

function findTypos(
  unknown: readonly Theme[],
  compounds: ReadonlyMap<Theme, Compound>,
  tags: TagIndex,
  groups: CustomGroups,
): TypoProposals {
  const single = unknown.filter((theme) => !compounds.has(theme))
  return new TypoProposals(tags, new Map(single.map(({ folded }) => [folded, groups.get(folded)])))
}

function answerTypo(
  theme: Theme,
  typos: TypoProposals | null,
  groups: CustomGroups,
  accept: boolean,
  tags: TagIndex,
): NormalizedTheme | null {
  const group = groups.get(theme.folded)
  const proposal = typos?.find(theme.folded, group.songs)
  if (!proposal || proposal.name === group.name) return null
  const { category } = guessCategory(group.name)
  return answer(theme, {
    disposition: 'fuzzy',
    tag: group.name,
    category: accept ? (tags.byKey(foldName(proposal.name))?.tag.category ?? category) : category,
    reason: proposal.reason,
    confidence: proposal.confidence,
    proposal: [proposal.name],
    accept,
  })
}

function answerCustom(theme: Theme, groups: CustomGroups): NormalizedTheme {
  const { name } = groups.get(theme.folded)
  const { category, reason } = guessCategory(name)
  return answer(theme, {
    disposition: 'custom',
    tag: name,
    category,
    reason: `new tag${name === theme.rawTheme ? '' : `, written ${name}`}; ${reason}`,
    confidence: CONFIDENCE.custom,
  })
}

type Outcome = Omit<NormalizedTheme, 'rawTheme' | 'songs' | 'proposal' | 'accept'> &
  Partial<Pick<NormalizedTheme, 'proposal' | 'accept'>>

function answer({ rawTheme, songs }: Theme, outcome: Outcome): NormalizedTheme {
  return { rawTheme, songs, proposal: null, accept: false, ...outcome }
}
