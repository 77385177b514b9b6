import type { UseQueryResult } from '@tanstack/react-query'
import { Link } from 'react-router'
import { Button } from '../../../components/Button.tsx'
import { ButtonLink } from '../../../components/ButtonLink.tsx'
import { Icon } from '../../../components/Icon.tsx'
import { Notice } from '../../../components/Notice.tsx'
import { categoryLabel } from '../categoryLabel.ts'
import type { Tag } from '../types.ts'
import { CategoryShape } from './CategoryShape.tsx'
import styles from './TagFilter.module.css'

type Props = {
  /** As it stands in the address. */
  name: string
  tag: UseQueryResult<Tag | null>
  /** The same list without the tag. */
  clearTo: string
}

/** Which tag the list is narrowed to, and the way out of it. */
export function TagFilter({ name, tag, clearTo }: Props) {
  if (tag.data === null) {
    return (
      <Notice
        tone="plain"
        title={`There is no tag “${name}”`}
        text="It may have been renamed, or the link to it is incomplete."
      >
        <ButtonLink to={clearTo}>Show all songs</ButtonLink>
      </Notice>
    )
  }
  if (tag.isError) {
    return (
      <div role="alert">
        <Notice
          tone="problem"
          title="The tag could not be read"
          text="The server did not answer as it should. Nothing is lost; try again."
        >
          <Button busy={tag.isFetching} onClick={() => void tag.refetch()}>
            Try again
          </Button>
        </Notice>
      </div>
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
  return (
    <div className={styles.filter}>
      {tag.data && <CategoryShape category={tag.data.category} />}
      <h2 className={styles.name}>
        <bdi>{tag.data?.name ?? name}</bdi>
      </h2>
      {tag.data && <span className={styles.category}>{categoryLabel(tag.data.category)}</span>}
      <Link to={clearTo} className={styles.clear}>
        <Icon name="close" />
        Clear
        <span className="visually-hidden"> the tag</span>
      </Link>
    </div>
  )
}
