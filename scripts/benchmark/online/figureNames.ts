/** The figures of the online benchmark: people write 50 times a second, half through songs.themes, half through song_tags. */
export const FIGURES = {
  'online.polite.ratio':
    'Whole `npm run migrate -- --profile polite` while people write, against one single SQL transaction that nobody disturbs; medians.',
  'online.writer.p99.added':
    "How much later one write in a hundred ends while the migration runs, against the same round's idle window; median of the rounds.",
  'online.writer.p99':
    'One write in a hundred is slower, while the migration runs; the peer is the idle windows.',
  'online.writer.p50': 'Half the writes are slower, while the migration runs; the peer is the idle windows.',
  'online.writer.errors': 'Writes that failed also at their second try, in all windows.',
  'online.window.shortest': 'The shortest migrating window; below 20 s take more songs.',
} as const satisfies Record<string, string>

export type FigureName = keyof typeof FIGURES
