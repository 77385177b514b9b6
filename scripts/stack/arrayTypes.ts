import type { Link, LinkOptions } from './link.ts'

/**
 * Teaches the options every array type of the database. By itself postgres.js reads a NULL element as the text `NULL`,
 * which an old client that writes back what it read would then store.
 */
export async function learnArrayTypes(link: Link, { parsers, serializers }: LinkOptions): Promise<void> {
  const types = await link.run(`
    select t.oid::integer as element, t.typarray::integer as array, t.typdelim as delimiter
    from pg_catalog.pg_type as t where t.typarray <> 0`)
  for (const { element, array, delimiter } of types) {
    const parse = parsers[element] ?? ((text: string) => text)
    const serialize = serializers[element] ?? String
    parsers[array] = (literal: string) => parseArray(literal, delimiter, parse)
    // What is no array is Postgres's to refuse: the driver would break the connection over it.
    serializers[array] = (value: unknown) => {
      if (Array.isArray(value)) return formatArray(value, delimiter, serialize)
      return typeof value === 'string' ? value : JSON.stringify(value)
    }
  }
}

/** @returns an array as Postgres reads it, `{"a","b,c",NULL}`; an array within an array is one dimension more */
function formatArray(
  values: readonly unknown[],
  delimiter: string,
  serialize: (value: unknown) => unknown,
): string {
  const elements = values.map((value) => {
    if (value === null || value === undefined) return 'NULL'
    if (Array.isArray(value)) return formatArray(value, delimiter, serialize)
    return `"${String(serialize(value)).replaceAll(/["\\]/g, '\\$&')}"`
  })
  return `{${elements.join(delimiter)}}`
}

/** @param literal an array as Postgres writes it, of any dimension: `{a,"b,c",NULL}`, `[0:1]={1,2}` */
function parseArray(literal: string, delimiter: string, parse: (text: string) => unknown): unknown[] {
  const root: unknown[] = []
  const open = [root]
  const token = new RegExp(`([{}])|"((?:[^"\\\\]|\\\\.)*)"|([^{}"${delimiter}]+)`, 'gs')
  const start = literal.indexOf('{')
  for (const [, brace, quoted, bare] of literal.slice(start + 1, -1).matchAll(token)) {
    if (brace === '{') {
      const inner: unknown[] = []
      open.at(-1)?.push(inner)
      open.push(inner)
    } else if (brace === '}') open.pop()
    else if (quoted !== undefined) open.at(-1)?.push(parse(quoted.replaceAll(/\\(.)/gs, '$1')))
    else open.at(-1)?.push(bare === 'NULL' ? null : parse(bare ?? ''))
  }
  return root
}
