/** The figures of the migration benchmark. N is the size that was asked for; times of phases are of the default profile, auto. */
export const FIGURES = {
  'migration.cli.ratio':
    'Whole `npm run migrate` (its process, plan, batches and validation over HTTP) against one single SQL transaction that writes the same rows; medians.',
  'migration.cli.total': 'The same run in seconds, and the peer in seconds.',
  'migration.cli.total.spread': 'How far its repetitions lie apart: (slowest - fastest) / median.',
  'migration.peer.total.spread': 'The same of the single transaction.',
  'migration.cli.polite.ratio': 'As `migration.cli.ratio`, with `--profile polite`.',
  'migration.cli.polite.total': 'As `migration.cli.total`, with `--profile polite`.',
  'migration.cli.quiet.ratio': 'As `migration.cli.ratio`, with `--profile quiet`.',
  'migration.cli.quiet.total': 'As `migration.cli.total`, with `--profile quiet`.',
  'migration.10k.total': 'Whole `npm run migrate` of 10,000 songs.',
  'migration.start': 'From the start of the process to its first call.',
  'migration.survey': 'Reading every distinct theme.',
  'migration.plan':
    'From the end of the survey to the first batch: existing tags, normalization, storing the plan, new tags.',
  'migration.migrate': 'From the first batch to the end of the last.',
  'migration.validate': 'Recomputing every song, tag and batch; the certificate.',
  'migration.validate.share': 'The validation against the batches before it, in the default profile.',
  'migration.rollback': 'Whole `npm run rollback -- --exact`.',
  'migration.batches': 'Batches of the default profile.',
  'migration.batch.p50': 'One batch as the client sees it, over HTTP: half are faster.',
  'migration.batch.p95': 'One in twenty is slower.',
  'migration.batch.max': 'The slowest.',
  'migration.call.longest':
    'The longest single call of any kind, of a rollback too; hosted Supabase ends calls that take too long.',
  'migration.cli.cpu': "The command's own processor time, all threads.",
  'migration.cli.memory':
    "The command's peak memory with N songs, against that with N/10: flat means a ratio near 1.",
  'migration.normalize.lookAlikes':
    'Normalizing 20,000 distinct themes that all look like each other, against 5,000: growth in step is a ratio of 4, comparing each with each 16.',
} as const satisfies Record<string, string>

export type FigureName = keyof typeof FIGURES
