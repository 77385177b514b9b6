import { tagKey } from '../tags/index.ts'
import type { SongValues } from './songEdit.ts'

export type SongField = keyof SongValues
export type Side = 'mine' | 'theirs'

/** A field that two people want different things of. */
export type FieldConflict = {
  field: SongField
  /** Who has changed it since the song was read: when it was one person, that one's is the proposal. */
  changedBy: Side | 'both'
}

const FIELDS: readonly SongField[] = ['title', 'artist', 'lyrics', 'tags']

/** The fields in which what I wrote and what the other person saved are not the same. */
export function songConflicts(read: SongValues, mine: SongValues, theirs: SongValues): FieldConflict[] {
  return FIELDS.filter((field) => !isSame(field, mine, theirs)).map((field) => ({
    field,
    changedBy: isSame(field, mine, read) ? 'theirs' : isSame(field, theirs, read) ? 'mine' : 'both',
  }))
}

/** The song with each field as it was decided. */
export function decided(
  mine: SongValues,
  theirs: SongValues,
  decisions: Readonly<Partial<Record<SongField, Side>>>,
): SongValues {
  const from = (field: SongField) => (decisions[field] === 'mine' ? mine : theirs)
  return {
    title: from('title').title,
    artist: from('artist').artist,
    lyrics: from('lyrics').lyrics,
    tags: from('tags').tags,
  }
}

/** Whether a field holds the same: blanks around it and the order of tags are no difference. */
export function isSame(field: SongField, one: SongValues, other: SongValues): boolean {
  if (field !== 'tags') return one[field].trim() === other[field].trim()
  const keys = ({ tags }: SongValues) => tags.map(tagKey).sort().join('\n')
  return keys(one) === keys(other)
}
