import { ACTORS, type Actor } from './actors.ts'
import type { FunctionAccess, FunctionAnswer } from './probeFunctions.ts'
import type { TableAccess } from './probeTables.ts'

const actors = Object.keys(ACTORS) as Actor[]

const LETTERS = { select: 'S', insert: 'I', update: 'U', delete: 'D', truncate: 'T' } as const

const words: Record<FunctionAnswer, string> = { none: '–', refused: 'refused', may: 'yes' }

/** A row a table, a column a person: the operations that were done. */
export function tableMatrix(access: TableAccess): string {
  return matrix('table', access, (ofTable, actor) => {
    const done = Object.entries(LETTERS).filter(
      ([operation]) => ofTable[operation as keyof typeof LETTERS][actor],
    )
    return done.length === 0 ? '–' : done.map(([, letter]) => letter).join(' ')
  })
}

/** A row a function, a column a person. Those that nobody but the secret key calls are a list below it. */
export function functionMatrix(access: FunctionAccess): string {
  const isInner = (answers: Record<Actor, FunctionAnswer>) =>
    actors.every((actor) => (answers[actor] === 'none') === (actor !== 'service'))
  const outer = Object.entries(access).filter(([, answers]) => !isInner(answers))
  const inner = Object.entries(access).filter(([, answers]) => isInner(answers))
  return [
    matrix('function', Object.fromEntries(outer), (answers, actor) => words[answers[actor]]),
    '',
    `Called by the service role alone (${inner.length}): ${inner.map(([name]) => `\`${name}\``).join(', ')}.`,
  ].join('\n')
}

function matrix<Row>(
  title: string,
  rows: Record<string, Row>,
  cell: (row: Row, actor: Actor) => string,
): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [
    line([title, ...actors.map((actor) => ACTORS[actor])]),
    line(['---', ...actors.map(() => '---')]),
    ...Object.entries(rows).map(([name, row]) =>
      line([`\`${name}\``, ...actors.map((actor) => cell(row, actor))]),
    ),
  ].join('\n')
}

/** The page with the tables in their places. @throws Error when it has not exactly one place for each */
export function withMatrices(page: string, matrices: Record<string, string>): string {
  let written = page
  for (const [name, table] of Object.entries(matrices)) {
    const [begin, end] = [`<!-- begin generated: ${name} -->\n`, `<!-- end generated: ${name} -->\n`]
    const [head, rest, ...more] = written.split(begin)
    const [, tail, ...moreTail] = (rest ?? '').split(end)
    if (head === undefined || tail === undefined || more.length > 0 || moreTail.length > 0) {
      throw new Error(`docs/security.md must have one place for the ${name}.`)
    }
    written = `${head}${begin}${table}\n${end}${tail}`
  }
  return written
}
