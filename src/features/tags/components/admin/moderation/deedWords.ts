import { countOf } from '../../../../../lib/numbers.ts'
import type { ModerationEntry } from '../../../services/moderationEntry.ts'

/** What was done, as a person reads it: “Merged “Xmas” into “Christmas”, 37 songs”. */
export function deedWords({ action, tagName, otherName, details }: ModerationEntry): string {
  const tag = quoted(tagName)
  const songs = details.songs === undefined ? '' : `, ${countOf(details.songs, 'song')}`
  switch (action) {
    case 'rename':
      return `Renamed ${quoted(typeof details.was === 'string' ? details.was : null)} to ${tag}`
    case 'edit':
      return `Changed ${tag}: ${editWords(details)}`
    case 'merge':
      return `Merged ${tag} into ${quoted(otherName)}${songs}`
    case 'unmerge':
      return `Took ${tag} out of ${quoted(otherName)} again${songs}`
    case 'ban':
      return `Banned ${tag}`
    case 'unban':
      return `Lifted the ban on ${tag}`
    case 'promote':
      return `Made ${tag} a standard tag`
    case 'demote':
      return `Made ${tag} a custom tag`
    case 'keep apart':
      return `Noted that ${tag} and ${quoted(otherName)} are not the same`
    case 'ask again':
      return `Took back that ${tag} and ${quoted(otherName)} are not the same`
    default:
      return `${action} ${tag}`
  }
}

function editWords({ was, now }: ModerationEntry['details']): string {
  const before = typeof was === 'object' ? was : {}
  const words = [
    now?.name !== undefined && `named ${quoted(before.name)} before`,
    now?.category !== undefined && `category ${before.category} → ${now.category}`,
    now?.colour !== undefined && `colour ${before.colour ?? 'none'} → ${now.colour ?? 'none'}`,
    now?.needsReview !== undefined && (now.needsReview ? 'to be reviewed' : 'reviewed'),
    now?.addedSynonyms !== undefined && `synonym ${now.addedSynonyms.map(quoted).join(', ')} added`,
    now?.removedSynonyms !== undefined && `synonym ${now.removedSynonyms.map(quoted).join(', ')} removed`,
  ]
  return words.filter(Boolean).join('; ')
}

function quoted(name: string | null | undefined): string {
  return name == null ? 'a tag that is gone' : `“${name}”`
}
