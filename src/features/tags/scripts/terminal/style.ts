import { Chalk, type ChalkInstance } from 'chalk'
import { truncate } from './displayWidth.ts'
import { escapeText, isolated } from './escapeText.ts'
import { shellWord } from './shellWord.ts'

/** How to write on the terminal at hand. */
export interface Style {
  /** Colours, or nothing where there are none. */
  paint: ChalkInstance
  glyph: Glyphs
  /** Text from songs, escaped and quoted. @param cells at most so wide, quotes included */
  quote(text: string, cells?: number): string
  /** A tag's name, escaped. @param cells at most so wide */
  name(text: string, cells?: number): string
  /** A sentence that may hold names from songs, escaped. @param cells at most so wide */
  words(text: string, cells?: number): string
  /** A file's name in a command to copy. Never cut: it would name another file. */
  shellWord(name: string): string
}

interface Glyphs {
  done: string
  failed: string
  warning: string
  arrow: string
  ellipsis: string
  full: string
  empty: string
}

const UNICODE: Glyphs = {
  done: '✔',
  failed: '✘',
  warning: '!',
  arrow: '→',
  ellipsis: '…',
  full: '█',
  empty: '░',
}
const ASCII: Glyphs = {
  done: 'ok',
  failed: 'FAILED',
  warning: '!',
  arrow: '->',
  ellipsis: '...',
  full: '#',
  empty: '.',
}
/** What the engine's sentences use outside ASCII. */
const PLAIN: Record<string, string> = {
  '…': '...',
  '→': '->',
  '“': '"',
  '”': '"',
  '·': '-',
  '–': '-',
  '×': 'x',
}

export interface StyleOptions {
  unicode: boolean
  colours: boolean
}

export function createStyle({ unicode, colours }: StyleOptions): Style {
  const glyph = unicode ? UNICODE : ASCII
  const [open, close] = unicode ? ['“', '”'] : ['"', '"']
  const safe = (text: string, cells: number) =>
    isolated(truncate(escapeText(text, { asciiOnly: !unicode }), cells, glyph.ellipsis))
  return {
    // The terminal's own sixteen colours: they fit whatever background its owner chose.
    paint: new Chalk({ level: colours ? 1 : 0 }),
    glyph,
    quote: (text, cells = Number.POSITIVE_INFINITY) => `${open}${safe(text, cells - 2)}${close}`,
    name: (text, cells = Number.POSITIVE_INFINITY) => safe(text, cells),
    words: (text, cells = Number.POSITIVE_INFINITY) =>
      safe(
        unicode ? text : text.replace(/[^\x20-\x7e]/gu, (character) => PLAIN[character] ?? character),
        cells,
      ),
    shellWord: (name) => shellWord(name, { asciiOnly: !unicode }),
  }
}
