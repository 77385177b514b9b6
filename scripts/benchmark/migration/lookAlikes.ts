import { normalizeThemes } from '../../../src/features/songs/validation/utils/themeNormalization.ts'

const SYLLABLES = ['ka', 'lo', 'mi', 'ten', 'ras', 'pre', 'sto', 'vel', 'gun', 'dor']

/** Milliseconds that normalizing so many distinct themes takes, all of which look like each other. */
export function normalizeLookAlikes(themes: number): number {
  const counts = Array.from({ length: themes }, (_, i) => {
    const word = Array.from(String(i).padStart(5, '0'), (digit) => SYLLABLES[Number(digit)]).join('')
    return { rawTheme: i % 3 === 0 ? `${word} praise` : word, songs: i % 50 }
  })
  const started = performance.now()
  const answers = normalizeThemes(counts, { fuzzy: 'review' })
  if (answers.length !== themes) throw new Error(`${answers.length} of ${themes} themes were answered.`)
  return performance.now() - started
}
