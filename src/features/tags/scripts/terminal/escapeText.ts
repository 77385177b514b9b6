/**
 * What a terminal would obey, hide or reorder by: controls, invisible and bidirectional characters, line separators,
 * lone surrogates, private use, tag characters, and the backslash that the escapes are written with. Joiners stay
 * where emoji and Persian need them (\p{Cf} has them, so they are taken out first).
 */
const UNSAFE =
  /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\u115f\u1160\u2800\u3164\uffa0\\]|\u034f|[\u17b4\u17b5]|[\u180b-\u180f]/gu
/** Joiners that join nothing: at an end, beside a space, or one after the other. */
const IDLE_JOINER = /^[\u200c\u200d]+|(?<=[\s\u200c\u200d])[\u200c\u200d]+|[\u200c\u200d]+(?=\s|$)/gu
/** White space other than one plain space inside. */
const ODD_SPACE = /(?! )\s/gu
const NOT_ASCII = /[^\x20-\x7e]/gu

const SHORT: Record<string, string> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\\': '\\\\' }

/**
 * Text from songs as a terminal may see it: on one line, with nothing in it that moves the cursor, colours, hides or
 * turns what stands around it. What is replaced stays visible as `\n`, `\u200b`, `\u{e0041}`.
 *
 * @param asciiOnly also escapes every character outside ASCII, for terminals that cannot show it
 */
export function escapeText(text: string, { asciiOnly = false } = {}): string {
  const safe = text.replace(UNSAFE, escaped).replace(IDLE_JOINER, escapedAll).replace(ODD_SPACE, escaped)
  return asciiOnly ? safe.replace(NOT_ASCII, escaped) : safe
}

function escapedAll(characters: string): string {
  return Array.from(characters, escaped).join('')
}

function escaped(character: string): string {
  const short = SHORT[character]
  if (short !== undefined) return short
  const code = (character.codePointAt(0) ?? 0).toString(16)
  return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, '0')}`
}

const RIGHT_TO_LEFT = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u

/** Keeps text that runs from right to left from reordering its neighbours: in a first-strong isolate of its own. */
export function isolated(text: string): string {
  return RIGHT_TO_LEFT.test(text) ? `\u2068${text}\u2069` : text
}
