/**
 * Replaces what stands between the lines `-- begin generated: TITLE` and `-- end generated: TITLE`.
 * @throws when the text has not exactly one such pair, so that nothing is written into the wrong place.
 */
export function replaceSection(text: string, title: string, content: string): string {
  const begin = `-- begin generated: ${title}\n`
  const end = `-- end generated: ${title}\n`
  const [head, rest, ...more] = text.split(begin)
  const [, tail, ...moreTail] = (rest ?? '').split(end)
  if (head === undefined || tail === undefined || more.length > 0 || moreTail.length > 0) {
    throw new Error(`There must be one section "generated: ${title}", from a begin line to an end line.`)
  }
  return `${head}${begin}${content}\n${end}${tail}`
}
