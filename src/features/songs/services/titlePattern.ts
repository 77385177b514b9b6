import { storableText } from '../../../lib/storableText.ts'

/** The ILIKE pattern for titles that contain the text as typed. */
export function titlePattern(text: string): string {
  // PostgREST reads * as %, and knows no way to escape it: “any one character” is as close as it gets.
  return `%${storableText(text)
    .replaceAll(/[\\%_]/g, '\\$&')
    .replaceAll('*', '_')}%`
}
