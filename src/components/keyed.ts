/**
 * Gives each item of a list a React key by what it says. The same text may come twice: its k-th time tells it apart.
 *
 * @param textOf what an item says
 */
export function keyed<Item>(
  items: readonly Item[],
  textOf: (item: Item) => string,
): { key: string; item: Item }[] {
  const seen = new Map<string, number>()
  return items.map((item) => {
    const text = textOf(item)
    const time = (seen.get(text) ?? 0) + 1
    seen.set(text, time)
    return { key: `${time} ${text}`, item }
  })
}
