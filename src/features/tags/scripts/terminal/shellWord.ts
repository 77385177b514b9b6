import { escapeText } from './escapeText.ts'

const PLAIN = /^(?!-)[\w./:@%+=,-]+$/

/**
 * A file's name as a shell takes it back from a copied line: quoted where it must be, and with nothing in it that a
 * terminal would obey or hide. What cannot be shown is written as bash and zsh read it, `$'\u001b'`.
 *
 * @param asciiOnly also writes every character outside ASCII so, for terminals that cannot show it
 */
export function shellWord(name: string, { asciiOnly = false } = {}): string {
  if (PLAIN.test(name)) return name
  // A leading dash would be taken for an option.
  const word = name.startsWith('-') ? `./${name}` : name
  // Escapes are written with a backslash, which is escaped itself: it is no reason to escape anything.
  const isShown = escapeText(word, { asciiOnly }).replaceAll('\\\\', '\\') === word
  return isShown ? `'${word.replaceAll("'", "'\\''")}'` : `$'${Array.from(word, ansiC).join('')}'`
}

function ansiC(character: string): string {
  if (character === '\\' || character === "'") return `\\${character}`
  if (/^[ -~]$/.test(character)) return character
  const code = (character.codePointAt(0) ?? 0).toString(16)
  return code.length > 4 ? `\\U${code.padStart(8, '0')}` : `\\u${code.padStart(4, '0')}`
}
