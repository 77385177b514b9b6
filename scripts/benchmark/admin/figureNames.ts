/** The figures of the console's benchmark: 100,000 tags, and a tag on 50,000 songs. */
export const FIGURES = {
  'admin.sort.p95':
    'The list of 100,000 tags in Chromium: from a click on a column’s heading to the frame that shows the page in that order, one in twenty is slower.',
  'admin.next.p95': 'The same for the next page, which is fetched ahead, and for the one after it.',
  'admin.last.p95': 'The same for the last page.',
  'admin.kind.p95': 'The same for a choice of a kind of tags.',
  'admin.find.p95':
    'From the last key press of a text, typed quickly, to the frame that shows the tags with it. One request is under way at a time, so an answer to the letters before may be waited for.',
  'admin.list.deep.p95':
    'The database alone: a page in the middle of the list by songs. The peer is the same page by its number (`offset 50000`).',
  'admin.merge':
    'Merging a tag of 50,000 songs, 12,000 of which have the other tag, too. The peer is the bare statement: one UPDATE of as many links, with nothing recorded that could undo it.',
  'admin.unmerge': 'Undoing that merge.',
  'admin.reader.slowest':
    'The slowest answer that a reader of the same tags got while the merge was under way: nobody waits for it.',
  'admin.duplicates':
    'Looking 100,000 tags through for near duplicates, in the browser’s idle time or here at once.',
} as const satisfies Record<string, string>

export type FigureName = keyof typeof FIGURES
