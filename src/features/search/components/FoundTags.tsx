import type { ReactNode } from 'react'
import { type Tag, useTagSuggestions } from '../../tags/index.ts'
import sections from './Filters.module.css'

const NO_TAGS: ReadonlySet<string> = new Set()

const states = {
  loading: 'Loading the tags…',
  offline: 'The tags are not on this device yet.',
  failed: 'The tags could not be read. Those of the songs found are above when this field is empty.',
  ready: 'No tag is called that.',
}

type Props = {
  text: string
  /** A row for a tag. */
  children: (tag: Pick<Tag, 'id' | 'name' | 'category'>) => ReactNode
}

/** Tags of the whole vocabulary by their names and synonyms, typos allowed. */
export function FoundTags({ text, children }: Props) {
  const { suggestions, state } = useTagSuggestions(text, NO_TAGS)
  if (suggestions.length === 0) return <p className={sections.none}>{states[state]}</p>
  return suggestions.map(({ tag }) => children(tag))
}
