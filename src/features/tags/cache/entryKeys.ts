/** One tag, by its id. What shows the tag names this as what it depends on. */
export function tagEntryKey(id: string): string {
  return `tag:${id}`
}
