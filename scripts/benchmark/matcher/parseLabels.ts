export type LabelKind =
  | 'prefix'
  | 'word-prefix'
  | 'typo-substitution'
  | 'typo-insertion'
  | 'typo-deletion'
  | 'typo-transposition'
  | 'typo-in-prefix'
  | 'first-letter-typo'
  | 'synonym'
  | 'diacritics'
  | 'infix'
  | 'other-script'
  | 'none'

/** One query of the labelled set. */
export interface Label {
  kind: LabelKind
  /** What was typed. */
  query: string
  /** What should have been typed; the query itself, if there was no slip. */
  meant: string
  /** Names of the tags that have to be among the first five; empty for `none` alone. */
  expected: readonly string[]
  /** Names of further tags that are no false suggestion. */
  acceptable: readonly string[]
}

/** @throws {Error} for a line without a query, or without an expected tag where its kind needs one. */
export function parseLabels(linesByKind: Readonly<Record<LabelKind, string>>): Label[] {
  return Object.entries(linesByKind).flatMap(([kind, lines]) =>
    lines
      .trim()
      .split('\n')
      .map((line) => parseLine(kind as LabelKind, line)),
  )
}

function parseLine(kind: LabelKind, line: string): Label {
  const [typed = '', tags = ''] = line.split('>')
  const [query = '', meant = query] = typed.split('<').map((part) => part.trim())
  const [expected = '', acceptable = ''] = tags.split('~')
  const label = { kind, query, meant, expected: names(expected), acceptable: names(acceptable) }
  if (!query || (kind === 'none') !== (label.expected.length === 0)) throw new Error(`Bad label: ${line}`)
  return label
}

function names(list: string): string[] {
  return list
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
}
