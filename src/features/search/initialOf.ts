/** The letter a title is filed under: accents off, upper case; # for digits and signs. */
export function initialOf(title: string): string {
  const first = title.normalize('NFD').match(/[\p{L}\p{N}]/u)?.[0]
  return first && /\p{L}/u.test(first) ? first.toUpperCase() : '#'
}
