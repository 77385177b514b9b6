/** The figures of the online benchmark: people write 50 times a second, half through songs.themes, half through song_tags. */
export const FIGURES = {
  'online.polite.ratio':
    'Whole `npm run migrate -- --profile polite` while people write, against one single SQL transaction that nobody disturbs; medians.',
  'online.writer.p99.added':
    "How much later one write in a hundred ends while the migration runs, against the same round's idle window; median of the rounds.",
  'online.writer.p99':
    'One write in a hundred is slower, while the migration runs; the peer is the idle windows.',
  'online.writer.p50': 'Half the writes are slower, while the migration runs; the peer is the idle windows.',
  'online.start': 'From the start of the process to its first call, median of the rounds.',
  'online.survey': 'Reading every distinct theme.',
  'online.plan': 'From the end of the survey to the first batch.',
  'online.migrate': 'From the first batch to the end of the last.',
  'online.validate': 'Recomputing every song, tag and batch; the certificate.',
  'online.start.p99': 'As `online.writer.p99`, of the writes that were due while the process started.',
  'online.survey.p99': 'The same during the survey.',
  'online.plan.p99': 'The same until the first batch.',
  'online.migrate.p99': 'The same during the batches.',
  'online.validate.p99': 'The same during the validation.',
  'online.writer.errors': 'Writes that failed also at their second try, in all windows.',
  'online.window.shortest': 'The shortest migrating window; below 20 s take more songs.',
} as const satisfies Record<string, string>

export type FigureName = keyof typeof FIGURES
