const LETTERS = 'CDEFGAB'

/** Keys as they stand on a keyboard, from C; flat before natural before sharp, major before minor. */
export function compareKeys(a: string, b: string): number {
  return placeOf(a) - placeOf(b)
}

function placeOf(key: string): number {
  const sign = key[1] === 'b' ? -1 : key[1] === '#' ? 1 : 0
  return 10 * LETTERS.indexOf(key.charAt(0)) + 3 * sign + (key.endsWith('m') ? 1 : 0)
}
