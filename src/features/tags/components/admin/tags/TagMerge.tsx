import { useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { ButtonLink } from '../../../../../components/ButtonLink.tsx'
import { Notice } from '../../../../../components/Notice.tsx'
import { countOf } from '../../../../../lib/numbers.ts'
import { moderationProblem } from '../../../moderationProblem.ts'
import { useMergePreview } from '../../../queries/admin/mergePreview.ts'
import { useMergeTags } from '../../../queries/admin/useMergeTags.ts'
import { MergeEffect } from './MergeEffect.tsx'
import { MergeTarget } from './MergeTarget.tsx'
import styles from './TagMerge.module.css'

/** One tag comes to stand for others: which one, what that changes, and the word to do it. */
export function TagMerge() {
  const [params] = useSearchParams()
  const navigate = useNavigate()
  const chosen = (params.get('from') ?? '').split(',').filter(Boolean)
  const [into, setInto] = useState(params.get('into'))
  // Of one's own choice the first stands for itself: this asks what they are, not what would become of them.
  const known = useMergePreview(chosen, chosen[0] ?? null)
  const from = chosen.filter((id) => id !== into)
  const preview = useMergePreview(from, into)
  const merge = useMergeTags()

  if (chosen.length === 0) {
    return (
      <Notice
        tone="plain"
        title="No tag is chosen"
        text="Choose the tags that mean the same in the list, then merge them."
      >
        <ButtonLink to="/admin/tags">Show all tags</ButtonLink>
      </Notice>
    )
  }
  return (
    <div className={styles.merge}>
      <MergeTarget chosen={known.data?.from} into={into} onChange={setInto} />
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
