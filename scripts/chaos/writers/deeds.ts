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
}

const songDeed = (act: Act): Deed => ({ name: act.name, act, isAlone: false })
const tagDeed = (act: Act): Deed => ({ name: act.name, act, isAlone: true })

/** Both interfaces at once, half and half. */
export const ALL_DEEDS: readonly Weighted<Deed>[] = [
  [songDeed(insertSong), 8],
  [songDeed(writeThemes), 40],
  [songDeed(tagSong), 14],
  [songDeed(linkTag), 8],
  [songDeed(untagSong), 12],
  [songDeed(unlinkTag), 8],
  [songDeed(deleteSong), 4],
  [tagDeed(renameTag), 2],
  [tagDeed(mergeTags), 2],
  [tagDeed(unmergeTag), 2],
  [tagDeed(banTag), 1],
]

/** What can be done to songs that are in step with nothing, without a difference who was first. */
export const DEEDS_WITHOUT_SYNC: readonly Weighted<Deed>[] = [[songDeed(deleteSong), 1]]

/** What is done while the run is taken back: a tag's fate then depends on the moment. */
export const DEEDS_ON_THE_WAY_BACK: readonly Weighted<Deed>[] = [
  [songDeed(insertSong), 8],
  [songDeed(writeThemes), 40],
  [songDeed(deleteSong), 4],
]
