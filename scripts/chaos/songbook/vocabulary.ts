import type { Vocabulary } from '../model/types.ts'

/** Tags that every songbook begins with, and that some songs carry before the run. */
export const STANDING = ['Grace', 'Praise', 'Hope', 'Mercy', 'Christmas', 'Healing', 'Heaven', 'Joy'] as const

/** Raw themes that the plan knows, as messy as people write them; what they yield is the plan's word and nobody's guess. */
const PLANNED: readonly (readonly [raw: string, tags: readonly string[]])[] = [
  ['Grace', ['Grace']],
  ['grace', ['Grace']],
  [' GRACE  ', ['Grace']],
  ['Ｇｒａｃｅ', ['Grace']],
  ['Amazing grace!!', ['Grace']],
  ['Praise', ['Praise']],
  ['praise\u00a0', ['Praise']],
  ['Lobpreis', ['Praise']],
  ['Hope', ['Hope']],
  ['hope', ['Hope']],
  ['Mercy', ['Mercy']],
  ['Christmas', ['Christmas']],
  ['X-mas', ['Christmas']],
  ['Healing', ['Healing']],
  ['Joy', ['Joy']],
  ['Vorlan', ['Vorlan']],
  ['vorlan.', ['Vorlan']],
  ['Quell of Nambi', ['Quell of Nambi']],
  ['Trevik', ['Trevik']],
  ['"Trevik"', ['Trevik']],
  ['Grace & Mercy', ['Grace', 'Mercy']],
  ['Hope / Joy / Vorlan', ['Hope', 'Joy', 'Vorlan']],
  ['Praise, Trevik', ['Praise', 'Trevik']],
  ['{Hope,Grace}', ['Hope', 'Grace']],
  ['back\\slash, "quote" and {brace}', ['Heaven']],
  ['NULL', ['Zumbral']],
  ['null', ['Zumbral']],
  ['🙏', ['Heaven']],
  ['line\nbreak', ['Heaven']],
  ['', []],
  ['   ', []],
  ['\t', []],
  ['–––', []],
  [`A theme that goes on and on, as if it were a lyric, ${'and on '.repeat(40)}`, []],
]

/** Raw themes that come after the plan was made. */
const LATE: readonly (readonly [raw: string, tag: string | null])[] = [
  ['Lurven', 'Lurven'],
  ['  Lurven ', 'Lurven'],
  ['Osk Tamber', 'Osk Tamber'],
  ['Osk  Tamber', 'Osk Tamber'],
  ['Brimsel', 'Brimsel'],
  ['mercy', 'Mercy'],
  ['HEALING', 'Healing'],
  [' joy', 'Joy'],
  ['TREVIK', 'Trevik'],
  ['  ', null],
  ['\n', null],
  [`Too long for a tag: ${'la '.repeat(20)}`, null],
]

/** Names that new clients make tags of. */
export const NEW_NAMES = ['Wendrake', 'Pallorin', 'Isk Mavern', 'Lurven', 'Brimsel'] as const

export const PLANNED_RAWS: readonly string[] = PLANNED.map(([raw]) => raw)
export const LATE_RAWS: readonly string[] = LATE.map(([raw]) => raw)

const standing: ReadonlySet<string> = new Set(STANDING)

/** Those that mean the same when the run's own tags are gone. */
export const LASTING_RAWS: readonly string[] = PLANNED.flatMap(([raw, tags]) =>
  tags.every((tag) => standing.has(tag)) ? [raw] : [],
)

export const vocabulary: Vocabulary = {
  planned: new Map(PLANNED),
  late: new Map(LATE),
  standing: STANDING,
}
