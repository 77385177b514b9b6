import { foldName } from '../../lib/folding.ts'
import type { ChosenTag } from '../tags/index.ts'
import { isSame } from './songConflict.ts'
import type { SongValues } from './songEdit.ts'

/** What stands in a form once what it sent is saved: what was typed since then, and else what is saved. */
export function typedSince(sent: SongValues, now: SongValues, saved: SongValues): SongValues {
  return {
    title: isSame('title', sent, now) ? saved.title : now.title,
    artist: isSame('artist', sent, now) ? saved.artist : now.artist,
    lyrics: isSame('lyrics', sent, now) ? saved.lyrics : now.lyrics,
    tags: isSame('tags', sent, now) ? saved.tags : withIds(now.tags, saved.tags),
  }
}

/** The chosen tags, of which those that were new by now are among the saved ones. */
export function withIds(chosen: readonly ChosenTag[], saved: readonly ChosenTag[]): ChosenTag[] {
  return chosen.map((tag) =>
    tag.id === null ? (saved.find(({ name }) => foldName(name) === foldName(tag.name)) ?? tag) : tag,
  )
}
