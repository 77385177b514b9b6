import { useCallback } from 'react'
import { useSearchParams } from 'react-router'
import { ButtonLink } from '../../components/ButtonLink.tsx'
import { useSignedInUser } from '../../features/auth/index.ts'
import { SongCount, SongResults, SongSearch } from '../../features/songs/index.ts'
import { CategoryLegend, TagFilter, useTag } from '../../features/tags/index.ts'
import styles from './SongsPage.module.css'

export function SongsPage() {
  const [params, setParams] = useSearchParams()
  const { data: user } = useSignedInUser()
  const title = params.get('q') ?? ''
  const tagName = params.get('tag')
  const tag = useTag(tagName)
  const filter = { title, tagId: tag.data?.id ?? null }
  const ready = tagName === null || Boolean(tag.data)

  const search = useCallback(
    (text: string) => {
      // Further down in the old list is nowhere in the new one.
      window.scrollTo(0, 0)
      setParams(
        (before) => {
          const next = new URLSearchParams(before)
          if (text) next.set('q', text)
          else next.delete('q')
          return next
        },
        // One step back leaves the search, instead of taking it apart letter by letter.
        { replace: true },
      )
    },
    [setParams],
  )

  return (
    <>
      <title>{tag.data ? `${tag.data.name} – HSA Songbook` : 'HSA Songbook'}</title>
      <h1 className="visually-hidden">Songs</h1>
      <div className={styles.tools}>
        <SongSearch value={title} onSearch={search} />
        {user && <ButtonLink to="/songs/new">New song</ButtonLink>}
      </div>
      <div className={styles.about}>
        <SongCount filter={filter} ready={ready} />
        <CategoryLegend />
      </div>
      {tagName !== null && (
        <TagFilter
          name={tagName}
          tag={tag}
          clearTo={title ? `/?${new URLSearchParams({ q: title })}` : '/'}
        />
      )}
      {(ready || tag.isFetching) && <SongResults filter={filter} ready={ready} />}
    </>
  )
}
