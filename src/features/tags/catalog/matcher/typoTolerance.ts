/** Shorter than this, a letter more or less makes another word. */
const ONE_FROM = 4
const TWO_FROM = 8

/** How many slips are looked for in so many typed letters. */
export function typoTolerance(letters: number): 0 | 1 | 2 {
  if (letters < ONE_FROM) return 0
  return letters < TWO_FROM ? 1 : 2
}

const RENAMING_ONE_FROM = 5
const RENAMING_TWO_FROM = 9

/** The same between two whole names, where many short ones are one letter apart and mean two things. */
export function renamingTolerance(letters: number): 0 | 1 | 2 {
  if (letters < RENAMING_ONE_FROM) return 0
  return letters < RENAMING_TWO_FROM ? 1 : 2
}
