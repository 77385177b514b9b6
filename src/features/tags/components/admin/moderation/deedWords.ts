import { countOf } from '../../../../../lib/format.ts'
import type { ModerationEntry } from '../../../services/moderationEntry.ts'

/** What was done, as a person reads it: “Merged “Xmas” into “Christmas”, 37 songs”. */
export function deedWords({ action, tagName, otherName, details }: ModerationEntry): string {
  const tag = quoted(tagName)
  const songs = details.songs === undefined ? '' : `, ${countOf(details.songs, 'song')}`
  switch (action) {
    case 'rename':
      return `Renamed ${quoted(details.was)} to ${tag}`
    case 'merge':
      return `Merged ${tag} into ${quoted(otherName)}${songs}`
    case 'unmerge':
      return `Took ${tag} out of ${quoted(otherName)} again${songs}`
    case 'ban':
      return `Banned ${tag}`
    case 'unban':
      return `Lifted the ban on ${tag}`
    default:
      return `${action} ${tag}`
  }
}

function quoted(name: string | null | undefined): string {
  return name == null ? 'a tag that is gone' : `“${name}”`
}
