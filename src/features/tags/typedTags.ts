const SEPARATOR = /[,;，；、\r\n\t]+/

/** Several names stand in the field, between commas or semicolons: the one that suggestions are for. */
export function firstName(text: string): string {
  return names(text)[0] ?? ''
}

/** The text once its first name has become a tag. */
export function withoutFirst(text: string): string {
  return names(text).slice(1).join(', ')
}

/** Whether the text holds more than one name, or one that a separator ends. */
export function hasSeparator(text: string): boolean {
  return SEPARATOR.test(text)
}

/**
 * Takes the names of known tags out of what was typed or pasted. While somebody types, the name behind the last
 * separator is not at its end yet and stays; of a paste all are whole.
 */
export function takeKnown<Found>(
  text: string,
  from: 'typing' | 'paste',
  find: (name: string) => Found | null,
): { found: Found[]; rest: string } {
  const pieces = text.split(SEPARATOR)
  const unfinished = from === 'typing' ? (pieces.pop() ?? '').trimStart() : ''
  const found: Found[] = []
  const unknown: string[] = []
  for (const piece of pieces.map((one) => one.trim()).filter(Boolean)) {
    const tag = find(piece)
    if (tag === null) unknown.push(piece)
    else found.push(tag)
  }
  const open = from === 'typing' ? [...unknown, unfinished] : unknown
  return { found, rest: open.join(', ') }
}

function names(text: string): string[] {
  return text
    .split(SEPARATOR)
    .map((one) => one.trim())
    .filter(Boolean)
}
