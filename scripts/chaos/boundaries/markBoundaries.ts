/** A function with a call after each of its statements. */
export interface MarkedFunction {
  source: string
  /** The statement that each call follows, in order; the first follows none. */
  statements: string[]
}

/**
 * Puts a call between the statements of a PL/pgSQL body.
 * @param call what to write after the n-th statement, from 0 for the beginning
 * @throws Error when the body has a form that it cannot be told apart in
 */
export function markBoundaries(body: string, call: (nth: number) => string): MarkedFunction {
  const begin = /^begin$/m.exec(body)
  if (begin === null) throw new Error('The function has no line `begin`.')
  const start = begin.index + begin[0].length
  const statements = ['(the beginning)']
  let source = `${body.slice(0, start)} ${call(0)}`
  let from = start
  for (const end of statementEnds(body, start)) {
    const statement = lastStatement(body.slice(from, end))
    source += body.slice(from, end + 1)
    from = end + 1
    // Behind these nothing is ever reached, or nothing more may stand.
    if (/^(return|raise exception)\b/.test(statement) || body.slice(from).trim() === '') continue
    if (/^declare\b/.test(statement))
      throw new Error('The function declares variables in a block of its own.')
    source += ` ${call(statements.length)}`
    statements.push(statement)
  }
  return { source: source + body.slice(from), statements }
}

/** Places of the semicolons that end statements: outside of parentheses, texts and comments. */
function* statementEnds(body: string, start: number): Generator<number> {
  const token = /--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|\$(\w*)\$[\s\S]*?\$\1\$|[();]/g
  token.lastIndex = start
  let depth = 0
  for (let found = token.exec(body); found !== null; found = token.exec(body)) {
    if (found[0] === '(') depth += 1
    else if (found[0] === ')') depth -= 1
    else if (found[0] === ';' && depth === 0) yield found.index
  }
}

/** Without the words that open the block it stands in, and without comments. */
function lastStatement(text: string): string {
  const bare = text
    .replaceAll(/--[^\n]*/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
  return bare.replace(/^.*\b(?:then|else|loop|begin)\b (?=\S)/, '')
}
