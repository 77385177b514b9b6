import { useEffect } from 'react'
import { ButtonLink } from '../../../components/ButtonLink.tsx'
import { Notice } from '../../../components/Notice.tsx'
import { ReadFailure } from '../../../components/ReadFailure.tsx'
import { useTag } from '../../tags/index.ts'
import type { Search } from '../types.ts'
import { SongListSkeleton } from './SongListSkeleton.tsx'

type Props = {
  /** The tag's normalized name, as it stands in the address. */
  name: string
  search: Search
  onFound: (search: Search) => void
}

/** Links from before the search name one tag by its name: they lead to the search for it, or say why they cannot. */
export function OldTagLink({ name, search, onFound }: Props) {
  const tag = useTag(name)
  const id = tag.data?.id

  useEffect(() => {
    if (id !== undefined) onFound({ ...search, all: [...new Set([...search.all, id])] })
  }, [id, search, onFound])

  if (tag.data === null || name === '') {
    return (
      <Notice
        tone="plain"
        title={`There is no tag “${name}”`}
        text="It may have been renamed, or the link to it is incomplete."
      >
        <ButtonLink to="/">Show all songs</ButtonLink>
      </Notice>
    )
  }
  if (tag.isError) {
    return (
      <ReadFailure
        title="The tag could not be read"
        text="The server did not answer as it should. Nothing is lost; try again."
        query={tag}
      />
    )
  }
  if (tag.fetchStatus === 'paused' && tag.isPending) {
    return (
      <Notice
        tone="offline"
        title="You are offline"
        text="This tag is not on this device yet. Its songs appear by themselves as soon as there is a connection."
      />
    )
  }
  return <SongListSkeleton letters />
}
