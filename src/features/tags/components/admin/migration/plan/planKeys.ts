/** What a key does in the list of themes. Letters only while the list has the focus. */
export type PlanDeed = 'accept' | 'keep' | 'change' | 'rename' | 'category' | 'undo'

export const PLAN_KEYS: readonly { key: string; deed: PlanDeed; label: string }[] = [
  { key: 'a', deed: 'accept', label: 'Accept' },
  { key: 'k', deed: 'keep', label: 'Keep as its own tag' },
  { key: 'e', deed: 'change', label: 'Change or split…' },
  { key: 'r', deed: 'rename', label: 'Rename the tag…' },
  { key: 'c', deed: 'category', label: 'Category' },
  { key: 'z', deed: 'undo', label: 'Undo' },
]
