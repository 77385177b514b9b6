/** What each figure of `npm run load` means. */
export const FIGURES: Readonly<Record<string, string>> = {
  'load.autocomplete.p95': 'what the matcher takes for a letter, in the process that all people share',
  'load.tab.painted.p95': 'from key to paint in the field for tags of a real tab among them',
  'load.search.p95': 'a search with its filters’ counts, as somebody waits for it whose answer is not kept',
  'load.search.migrating.p95': 'of these, those while the migration ran',
  'load.search.after.p95': 'and those after it',
  'load.read.p95': 'a song with its tags and arrangements',
  'load.tag.p95': 'a tag set or taken off',
  'load.signIn.p95': 'signing in',
  'load.cache.tags.missed': 'of openings of the field for tags, those that had to wait for the vocabulary',
  'load.cache.answers.missed':
    'of searches, those whose answer was not kept: nobody had asked just that, or an edit had made it wrong',
  'load.errors': 'calls that failed, the migration’s and its validation among them',
  'load.edits.lost': 'edits that the server had confirmed and that are not there at the end',
  'load.server.growth': 'memory that API and PostgreSQL do not share, in the last quarter against the second',
  'load.tab.growth': 'the tab’s heap after a collection, likewise',
  'load.migration': 'a migration of all songs meanwhile, in the profile that gives way',
}
