import { useState } from 'react'
import { useNavigate } from 'react-router'
import { Notice } from '../../../../../components/Notice.tsx'
import { countOf } from '../../../../../lib/numbers.ts'
import { moderationProblem } from '../../../moderationProblem.ts'
import { useMergePreview } from '../../../queries/admin/mergePreview.ts'
import { useMergeTags } from '../../../queries/admin/useMergeTags.ts'
import type { MergePreview } from '../../../services/adminTag.ts'
import styles from './ChosenMerge.module.css'
import { MergeEffect } from './MergeEffect.tsx'
import { MergeTarget } from './MergeTarget.tsx'

type Props = {
  /** The ids of the chosen tags. */
  asked: readonly string[]
  /** Those of them that are still there; undefined while that is not known. */
  chosen: MergePreview['from'] | undefined
  /** Which one is proposed to stay. */
  suggested: string | null
}

/** One tag comes to stand for others: which one, what that changes, and the word to do it. */
export function ChosenMerge({ asked, chosen, suggested }: Props) {
  const navigate = useNavigate()
  const [into, setInto] = useState(suggested)
  // Where somebody has deleted one of them, the others can still be merged.
  const from = (chosen?.map(({ id }) => id) ?? asked).filter((id) => id !== into)
  const preview = useMergePreview(from, into)
  const merge = useMergeTags()

  return (
    <div className={styles.merge}>
      <MergeTarget chosen={chosen} into={into} onChange={setInto} />
      {into !== null && (
        <MergeEffect
          preview={preview}
          busy={merge.isPending}
          onMerge={() =>
            merge.mutate(
              { from, into },
              {
                onSuccess: (done) =>
                  void navigate(`/admin/tags/${done.into}`, {
                    state: { news: `Merged: ${countOf(done.songs, 'link')} moved here.` },
                  }),
              },
            )
          }
        />
      )}
      <div role="alert">
        {merge.isError && (
          <Notice tone="problem" title="Nothing was merged" text={moderationProblem(merge.error)} />
        )}
      </div>
    </div>
  )
}
