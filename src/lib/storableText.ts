/** The text as Postgres can hold it, which refuses NUL and lone surrogates: each becomes U+FFFD. */
export function storableText(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\uFFFD')
}
