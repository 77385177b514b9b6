type Span = readonly [least: number, most: number]

/** “4”, “2–4”. */
export function spanWords([least, most]: Span): string {
  return least === most ? `${least}` : `${least}–${most}`
}
