import type { FetchStatus } from '@tanstack/react-query'
import { Button } from '../../../../../components/Button.tsx'
import { ButtonLink } from '../../../../../components/ButtonLink.tsx'
import { Notice } from '../../../../../components/Notice.tsx'
import { ReadFailure } from '../../../../../components/ReadFailure.tsx'
import { Skeleton } from '../../../../../components/Skeleton.tsx'
import styles from './TagListState.module.css'

type Props = {
  /** The query that has no page to show. */
  page: { isError: boolean; isFetching: boolean; fetchStatus: FetchStatus; refetch: () => unknown }
  /** Why there is none: nothing fits, or there is nothing yet. */
  isEmpty: boolean
  isFiltered: boolean
  onShowAll: () => void
}

const widths = ['9rem', '14rem', '7rem', '11rem', '8rem', '12rem', '10rem', '6rem', '13rem', '9.5rem']

/** In place of the table: loading, offline, failed or empty. */
export function TagListState({ page, isEmpty, isFiltered, onShowAll }: Props) {
  if (isEmpty && !isFiltered) {
    return (
      <Notice
        tone="plain"
        title="There are no tags yet"
        text="A migration makes them of the songs’ themes, and whoever tags a song makes new ones. You can make one here, too."
      >
        <ButtonLink to="/admin/tags/new">New tag</ButtonLink>
      </Notice>
    )
  }
  if (isEmpty) {
    return (
      <Notice
        tone="plain"
        title="No tag fits"
        text="Try fewer letters, another category, or another kind of tags."
      >
        <Button onClick={onShowAll}>Show all tags</Button>
      </Notice>
    )
  }
  if (page.fetchStatus === 'paused') {
    return (
      <Notice
        tone="offline"
        title="You are offline"
        text="The tags appear by themselves as soon as there is a connection."
      />
    )
  }
  if (page.isError) {
    return (
      <ReadFailure
        title="The tags could not be read"
        text="The server did not answer as it should. Nothing is lost; try again, or wait a minute and then try again."
        query={page}
      />
    )
  }
  return (
    <div aria-hidden="true">
      {widths.map((width) => (
        <div key={width} className={styles.row}>
          <Skeleton width={width} />
        </div>
      ))}
    </div>
  )
}
