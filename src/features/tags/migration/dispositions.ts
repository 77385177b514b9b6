import type { PlanEntry } from './types.ts'

/** What becomes of themes, as people say it, in the order in which they are shown. */
export const DISPOSITIONS: readonly { disposition: PlanEntry['disposition']; title: string; note: string }[] =
  [
    { disposition: 'canonical', title: 'Known by name', note: '' },
    { disposition: 'variation', title: 'Known variations', note: '' },
    { disposition: 'custom', title: 'New tags', note: '' },
    { disposition: 'fuzzy', title: 'Probable misspellings', note: 'tags of their own until accepted' },
    { disposition: 'split', title: 'Probably several in one', note: 'tags of their own until accepted' },
    { disposition: 'too-long', title: 'Too long for a tag', note: 'no tag; the theme stays' },
    { disposition: 'blank', title: 'Blank', note: 'no tag; the theme stays' },
  ]

/** The reason, without repeating what stands left of it. */
export function whyProposed({ disposition, reason, proposal }: PlanEntry): string {
  const tags = proposal ?? []
  if (disposition === 'split') return `${tags.length} in one`
  const repeated = ` from ${tags[0]}`
  return reason.endsWith(repeated) ? reason.slice(0, -repeated.length) : reason
}
