const NAMED = 3

/** “A”, “B” and “C”; of more than that the first ones and how many more. */
export function namesOf(tags: readonly { name: string }[]): string {
  const names = tags.slice(0, NAMED).map(({ name }) => `“${name}”`)
  const more = tags.length - NAMED
  if (more > 0) return `${names.join(', ')} and ${more} more`
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}
