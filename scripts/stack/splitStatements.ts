/** The characters that may stand in an SQL word after its first. */
const WORD = /[\p{L}\p{N}_$]/u

/**
 * Splits an SQL script at its top-level semicolons, as the Supabase CLI does before it records a migration.
 * Quotes, dollar quotes, nested comments and `begin atomic … end` bodies keep their semicolons.
 * psql meta-commands are not known: a migration has none.
 *
 * @returns the statements in order, trimmed, without their semicolon; pieces of only comments are left out
 */
export function splitStatements(script: string): string[] {
  const statements: string[] = []
  let start = 0
  let at = 0
  let hasCode = false
  // Depth of begin atomic / case … end nesting: a semicolon inside belongs to the function's body.
  let bodyDepth = 0
  let previousWord = ''

  const close = (end: number) => {
    const text = script.slice(start, end).trim()
    if (hasCode && text !== '') statements.push(text)
    start = end + 1
    hasCode = false
    bodyDepth = 0
    previousWord = ''
  }

  while (at < script.length) {
    const comment = commentEnd(script, at)
    if (comment !== undefined) {
      at = comment
      continue
    }
    const quote = quoteEnd(script, at)
    if (quote !== undefined) {
      hasCode = true
      previousWord = ''
      at = quote
      continue
    }
    const char = script.charAt(at)
    if (char === ';' && bodyDepth === 0) {
      close(at)
      at += 1
    } else if (WORD.test(char)) {
      const end = wordEnd(script, at)
      const word = script.slice(at, end).toLowerCase()
      if (word === 'atomic' && previousWord === 'begin') bodyDepth += 1
      else if (bodyDepth > 0 && word === 'case') bodyDepth += 1
      else if (bodyDepth > 0 && word === 'end') bodyDepth -= 1
      previousWord = word
      hasCode = true
      at = end
    } else {
      if (!/\s/.test(char)) hasCode = true
      at += 1
    }
  }
  close(script.length)
  return statements
}

function wordEnd(script: string, at: number): number {
  let end = at + 1
  while (end < script.length && WORD.test(script.charAt(end))) end += 1
  return end
}

function commentEnd(script: string, at: number): number | undefined {
  if (script.startsWith('--', at)) {
    const line = script.indexOf('\n', at)
    return line < 0 ? script.length : line + 1
  }
  if (!script.startsWith('/*', at)) return undefined
  let depth = 0
  let end = at
  while (end < script.length) {
    if (script.startsWith('/*', end)) {
      depth += 1
      end += 2
    } else if (script.startsWith('*/', end)) {
      depth -= 1
      end += 2
      if (depth === 0) return end
    } else end += 1
  }
  return script.length
}

function quoteEnd(script: string, at: number): number | undefined {
  const char = script.charAt(at)
  if (char === "'" || char === '"') {
    // A backslash escapes only in E'…' strings; standard_conforming_strings is on everywhere else.
    const escapes = char === "'" && /(^|[^\p{L}\p{N}_$])[eE]$/u.test(script.slice(Math.max(0, at - 2), at))
    let end = at + 1
    while (end < script.length) {
      if (escapes && script.charAt(end) === '\\') end += 2
      else if (script.charAt(end) !== char) end += 1
      else if (script.charAt(end + 1) === char) end += 2
      else return end + 1
    }
    return script.length
  }
  if (char !== '$' || (at > 0 && WORD.test(script.charAt(at - 1)))) return undefined
  const tag = /^\$(?:[\p{L}_][\p{L}\p{N}_]*)?\$/u.exec(script.slice(at, at + 70))?.[0]
  if (tag === undefined) return undefined
  const end = script.indexOf(tag, at + tag.length)
  return end < 0 ? script.length : end + tag.length
}
