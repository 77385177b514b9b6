import { useState } from 'react'
import { Button } from '../../../../../components/Button.tsx'
import { Notice } from '../../../../../components/Notice.tsx'
import { countOf } from '../../../../../lib/numbers.ts'
import { pairKey } from '../../../catalog/duplicatePairs.ts'
import { moderationProblem } from '../../../moderationProblem.ts'
import { useDuplicates, useSearchProgress } from '../../../queries/admin/duplicates.ts'
import { useKeepApart, useKeptApart } from '../../../queries/admin/keptApart.ts'
import { DuplicateRow } from './DuplicateRow.tsx'
import styles from './DuplicateTags.module.css'

const SHOWN = 50

/** Tags that may be the same, with what merging them would touch. A person decides on each. */
export function DuplicateTags() {
  const search = useDuplicates()
  const progress = useSearchProgress().data
  const apart = useKeptApart()
  const keepApart = useKeepApart()
  const [limit, setLimit] = useState(SHOWN)
  const pairs = (search.data ?? []).filter(({ keep, merge }) => !apart.data?.has(pairKey(keep.id, merge.id)))

  return (
    <div className={styles.duplicates}>
      <div className={styles.about}>
        <p role="status">
          {search.isFetching
            ? progress && `Looked at ${countOf(progress.done, 'tag')} of ${countOf(progress.of, 'tag')}…`
            : search.data && `${countOf(pairs.length, 'pair')} found`}
        </p>
        <Button busy={search.isFetching} onClick={() => void search.refetch()}>
          Look again
        </Button>
      </div>
      <div role="alert">
        {search.isError && (
          <Notice
            tone="problem"
            title="The tags could not be looked through"
            text="The server did not answer as it should. Nothing is lost: look again in a minute."
          />
        )}
        {keepApart.isError && (
          <Notice tone="problem" title="It was not noted" text={moderationProblem(keepApart.error)} />
        )}
      </div>
      {search.isPending && search.fetchStatus === 'paused' && (
        <Notice
          tone="offline"
          title="You are offline"
          text="The tags are looked through as soon as there is a connection."
        />
      )}
      {!search.isFetching && search.data && pairs.length === 0 && (
        <Notice
          tone="plain"
          title="No two tags are nearly the same"
          text="New tags are compared when they are typed; look again after a migration."
        />
      )}
      <ul className={`plain-list ${styles.pairs}`} aria-label="Tags that may be the same">
        {pairs.slice(0, limit).map((pair) => (
          <DuplicateRow
            key={pairKey(pair.keep.id, pair.merge.id)}
            pair={pair}
            onKeepApart={() => keepApart.mutate({ one: pair.keep.id, other: pair.merge.id })}
          />
        ))}
      </ul>
      {pairs.length > limit && (
        <div className={styles.more}>
          <Button onClick={() => setLimit(limit + SHOWN)}>Show more pairs</Button>
        </div>
      )}
    </div>
  )
}
