import * as z from 'zod/mini'

/**
 * How to parse what a person reads the problems of: zod/mini itself calls each of them "Invalid input". Given to the
 * parse instead of to z.config, which every program would have to remember at its start, and every test.
 */
export const inEnglish = { error: z.locales.en().localeError }
