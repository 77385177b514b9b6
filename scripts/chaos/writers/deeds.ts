import type { Weighted } from '../../seed/seededRandom.ts'
import {
  type Act,
  deleteSong,
  insertSong,
  linkTag,
  tagSong,
  unlinkTag,
  untagSong,
  writeThemes,
} from './edits.ts'
import { banTag, mergeTags, renameTag, unmergeTag } from './moderation.ts'

/** Something that a person may do. */
export interface Deed {
  name: string
  act: Act
  /** Edits a tag and not a song. */
  isAlone: boolean
  /** The database's function that it calls. */
  needs?: string
}

const songDeed = (act: Act, needs = ''): Deed => ({ name: act.name, act, isAlone: false, needs })
const tagDeed = (act: Act, needs: string): Deed => ({ name: act.name, act, isAlone: true, needs })

/** Both interfaces at once, half and half. */
export const SONG_DEEDS: readonly Weighted<Deed>[] = [
  [songDeed(insertSong), 8],
  [songDeed(writeThemes), 40],
  [songDeed(tagSong, 'tag_song'), 14],
  [songDeed(linkTag), 8],
  [songDeed(untagSong, 'untag_song'), 12],
  [songDeed(unlinkTag), 8],
  [songDeed(deleteSong), 4],
]

export const MERGING: readonly Weighted<Deed>[] = [
  [tagDeed(mergeTags, 'merge_tags'), 2],
  [tagDeed(unmergeTag, 'unmerge_tag'), 2],
]

export const ALL_DEEDS: readonly Weighted<Deed>[] = [
  ...SONG_DEEDS,
  ...MERGING,
  [tagDeed(renameTag, 'rename_tag'), 2],
  [tagDeed(banTag, 'ban_tag'), 1],
]

/** What is done while the run is taken back: a tag's fate then depends on the moment. */
export const DEEDS_ON_THE_WAY_BACK: readonly Weighted<Deed>[] = [
  [songDeed(insertSong), 8],
  [songDeed(writeThemes), 40],
  [songDeed(deleteSong), 4],
]
