import { Button } from '../../../../../components/Button.tsx'
import { Notice } from '../../../../../components/Notice.tsx'
import { Skeleton } from '../../../../../components/Skeleton.tsx'
import { countOf } from '../../../../../lib/numbers.ts'
import { moderationProblem } from '../../../moderationProblem.ts'
import type { useMergePreview } from '../../../queries/admin/mergePreview.ts'
import styles from './MergeEffect.module.css'
import { MergeSamples } from './MergeSamples.tsx'
import { namesOf } from './namesOf.ts'
import { Section } from './Section.tsx'

type Props = {
  preview: Pick<ReturnType<typeof useMergePreview>, 'data' | 'error' | 'fetchStatus' | 'isPlaceholderData'>
  busy: boolean
  onMerge: () => void
}

/** What a merge would do, and the button that does it. */
export function MergeEffect({ preview, busy, onMerge }: Props) {
  const { data } = preview
  if (preview.error !== null && !data) {
    return (
      <Notice tone="problem" title="What it changes is not known" text={moderationProblem(preview.error)} />
    )
  }
  if (!data && preview.fetchStatus === 'paused') {
    return (
      <Notice
        tone="offline"
        title="You are offline"
        text="What it changes appears by itself as soon as there is a connection."
      />
    )
  }
  if (!data) {
    return (
      <Section title="What changes">
        <Skeleton width="20rem" />
      </Section>
    )
  }
  const { into, from, songs, both, samples } = data
  const merged = from.filter(({ isMerged }) => isMerged)
  if (into === null || from.length === 0 || merged.length > 0) {
    return (
      <Notice
        tone="plain"
        title="This cannot be merged"
        text={
          merged.length > 0
            ? `${namesOf(merged)}: merged already. Undo that first.`
            : 'Choose two different tags that are there.'
        }
      />
    )
  }
  return (
    <Section title="What changes">
      <div className={styles.effect} aria-busy={preview.isPlaceholderData}>
        <p>
          {countOf(songs, 'song')} with {namesOf(from)} will carry “<bdi>{into.name}</bdi>”
          {both > 0 && `; ${countOf(both, 'of them carries it already', 'of them carry it already')}`}. That
          tag will then be on {countOf(into.songs + songs - both, 'song')}.
        </p>
        <p>
          {from.length === 1 ? 'The name' : 'The names'} {namesOf(from)} and{' '}
          {from.length === 1 ? 'its' : 'their'} synonyms lead to it from then on. Undone, every song is as
          before.
        </p>
        <MergeSamples samples={samples} />
        <div>
          <Button kind="primary" busy={busy || preview.isPlaceholderData} onClick={onMerge}>
            {busy ? 'Merging…' : `Merge ${namesOf(from)} into “${into.name}”`}
          </Button>
        </div>
      </div>
    </Section>
  )
}
