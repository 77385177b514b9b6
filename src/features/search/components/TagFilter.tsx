import { Suspense, useEffect, useId, useState } from 'react'
import { lazy } from '../../../lib/lazy.ts'
import { CategoryShape } from '../../tags/index.ts'
import { modeOf, toggleTag } from '../search.ts'
import type { Facets } from '../services/searchService.ts'
import type { Search, TagMode } from '../types.ts'
import { FilterOption } from './FilterOption.tsx'
import sections from './Filters.module.css'
import styles from './TagFilter.module.css'
import { TagFilterSkeleton } from './TagFilterSkeleton.tsx'
import { TagModes } from './TagModes.tsx'

// The whole vocabulary, for whoever looks for a tag that is not among the most frequent.
const FoundTags = lazy(() => import('./FoundTags.tsx').then((module) => module.FoundTags))

/** Tags that are shown before somebody wants more. */
const FEW = 10

const modeNotes: Record<TagMode, string> = { all: 'all of', any: 'any of', none: 'none of' }

type Props = {
  search: Search
  /** Null while they are not known. */
  tags: Facets['tags'] | null
  onChange: (search: Search) => void
}

/** Songs with all, any or none of some tags: the tags that the songs found carry, or others by their names. */
export function TagFilter({ search, tags: counted, onChange }: Props) {
  const tags = counted ?? []
  const id = useId()
  const [mode, setMode] = useState<TagMode>('all')
  const [text, setText] = useState('')
  const [showAll, setShowAll] = useState(false)
  useEffect(() => {
    // It is wanted offline, too. When it cannot be had, typing says so.
    FoundTags.preload().catch(() => undefined)
  }, [])

  const shown = showAll ? tags : tags.slice(0, FEW)

  const option = (tag: Pick<Facets['tags'][number], 'id' | 'name' | 'category'>) => {
    const now = modeOf(search, tag.id)
    const counts = tags.find((one) => one.id === tag.id)
    return (
      <FilterOption
        key={tag.id}
        name={tag.name}
        mark={<CategoryShape category={tag.category} />}
        {...(now !== null && now !== mode && { note: modeNotes[now] })}
        pressed={now === mode}
        count={counts ? (mode === 'any' ? counts.any : counts.all) : null}
        onPress={() => onChange(toggleTag(search, tag.id, mode))}
      />
    )
  }

  return (
    <fieldset className={sections.section}>
      <legend className={sections.legend}>Tags</legend>
      <TagModes mode={mode} onChange={setMode} />
      <label htmlFor={id} className="visually-hidden">
        Find a tag
      </label>
      <input
        id={id}
        className={styles.find}
        type="text"
        placeholder="Find a tag"
        autoComplete="off"
        maxLength={60}
        value={text}
        onChange={({ target }) => setText(target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || text === '') return
          event.stopPropagation()
          setText('')
        }}
      />
      {text.trim() === '' ? (
        <>
          {shown.map(option)}
          {tags.length > FEW && (
            <button type="button" className={styles.more} onClick={() => setShowAll(!showAll)}>
              {showAll ? 'Show fewer tags' : `Show ${tags.length - FEW} more tags`}
            </button>
          )}
          {counted?.length === 0 && <p className={sections.none}>No tag on these songs</p>}
          {!counted && <TagFilterSkeleton />}
        </>
      ) : (
        <Suspense fallback={<p className={sections.none}>Loading the tags…</p>}>
          <FoundTags text={text.trim()}>{option}</FoundTags>
        </Suspense>
      )}
    </fieldset>
  )
}
