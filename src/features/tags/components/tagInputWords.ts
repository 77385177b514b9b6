import { countOf } from '../../../lib/numbers.ts'
import { MAX_NAME_LENGTH, nameLength } from '../../songs/validation/utils/displayName.ts'
import type { TagSuggestions } from '../hooks/useTagSuggestions.ts'
import type { TagOption } from '../tagOptions.ts'

type Given = {
  label: string
  state: TagSuggestions['state']
  query: string
  options: readonly TagOption[]
  /** Tags in the field, and how many it takes. */
  count: number
  limit: number
}

export type TagInputWords = {
  /** Over the rows. */
  heading: string | null
  /** Above the rows, or instead of them. */
  note: string | null
  /** Below the field. */
  hint: string
  /** For screen readers, whenever the rows change. */
  guidance: string
  newTag: (name: string) => string
  added: (names: readonly string[], leftOut: number) => string
  removed: (names: readonly string[]) => string
}

/** Everything that the tag field says, seen and read out. */
export function tagInputWords(given: Given): TagInputWords {
  const { state, options, count, limit } = given
  const known = state === 'ready'
  const meant = options.some(({ kind }) => kind === 'meant')
  const newTag = (name: string) => (known ? `Create “${name}”${meant ? ' anyway' : ''}` : `Add “${name}”`)
  const note = noteOf(given)
  return {
    heading: options[0]?.kind === 'popular' ? 'Used most' : null,
    note,
    hint: hintOf(given),
    guidance: [note, rowsOf(options, newTag)].filter(Boolean).join(' '),
    newTag,
    added: (names, leftOut) =>
      [
        names.length > 0 && `Added ${names.join(', ')}.`,
        leftOut > 0 && `${countOf(leftOut, 'tag')} left out: ${limit} is the most.`,
        leftOut === 0 && `${count + names.length} of ${limit} tags.`,
      ]
        .filter(Boolean)
        .join(' '),
    removed: (names) => `Removed ${names.join(', ')}.`,
  }
}

function noteOf({ state, query, options }: Given): string | null {
  if (options[0]?.kind === 'popular') return null
  // Over rows that fit already it would only come and go with every key.
  if (state === 'loading') return options.some(({ kind }) => kind !== 'new') ? null : 'Loading the tags…'
  if (state === 'offline')
    return 'You are offline, and the tags are not on this device yet. What you type is added by its name.'
  if (state === 'failed') return 'The tags could not be read. What you type is added by its name.'
  if (query === '' && options.length === 0) return 'No song has a tag yet. Type the first one.'
  if (options.length > 0) return null
  if (nameLength(query) > MAX_NAME_LENGTH) return `A tag has ${MAX_NAME_LENGTH} letters at most.`
  return 'This tag is chosen already, or there is nothing in it to name a tag.'
}

function hintOf({ state, count, limit }: Given): string {
  if (count >= limit) return `${limit === 10 ? 'Ten' : limit} tags are the most. Remove one to add another.`
  if (state === 'failed') return 'The tags could not be read. Your song is safe.'
  return `Up to ${limit} tags. Several at once: part them with commas.`
}

function rowsOf(options: readonly TagOption[], newTag: (name: string) => string): string {
  const [first] = options
  if (first === undefined) return ''
  if (first.kind === 'new') return `No tag matches. ${newTag(first.name)}: press Enter.`
  const words = first.kind === 'meant' ? `Did you mean ${first.name}?` : `First: ${first.name}.`
  return `${countOf(options.length, 'tag')} to choose from. ${words}`
}
