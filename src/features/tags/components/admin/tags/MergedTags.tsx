import { Link } from 'react-router'
import { Button } from '../../../../../components/Button.tsx'
import { Notice } from '../../../../../components/Notice.tsx'
import { dateOf } from '../../../../../lib/format.ts'
import { moderationProblem } from '../../../moderationProblem.ts'
import { useUnmergeTag } from '../../../queries/admin/useUnmergeTag.ts'
import type { TagDetails } from '../../../services/adminTag.ts'
import styles from './MergedTags.module.css'
import { Section } from './Section.tsx'

/** Which tags this one stands for, or which one stands for it; each merge can be undone. */
export function MergedTags({ tag }: { tag: TagDetails }) {
  const undo = useUnmergeTag()
  const { mergedInto } = tag
  if (mergedInto === null && tag.merged.length === 0 && undo.isIdle) return null
  return (
    <Section
      title={mergedInto === null ? 'Tags that were merged into it' : 'Merged'}
      {...(mergedInto === null && {
        about: 'Their names lead here. Undone, the songs that had such a tag have it again.',
      })}
    >
      {mergedInto !== null && (
        <div className={styles.tag}>
          <p>
            <Link to={`/admin/tags/${mergedInto.id}`}>
              <bdi>{mergedInto.name}</bdi>
            </Link>{' '}
            stands for this tag: its songs carry that one.
          </p>
          <Button busy={undo.isPending} onClick={() => undo.mutate({ id: tag.id, into: mergedInto.id })}>
            Undo merge
          </Button>
        </div>
      )}
      <ul className={`plain-list ${styles.tags}`}>
        {tag.merged.map(({ id, name, at }) => (
          <li key={id} className={styles.tag}>
            <p>
              <Link to={`/admin/tags/${id}`}>
                <bdi>{name}</bdi>
              </Link>
              <span className={styles.quiet}> since {dateOf(at)}</span>
            </p>
            <Button
              busy={undo.isPending && undo.variables.id === id}
              aria-label={`Undo merge of ${name}`}
              onClick={() => undo.mutate({ id, into: tag.id })}
            >
              Undo merge
            </Button>
          </li>
        ))}
      </ul>
      <p role="status" className={styles.quiet}>
        {undo.isSuccess && 'The merge is undone.'}
      </p>
      <div role="alert">
        {undo.isError && (
          <Notice tone="problem" title="The merge stands" text={moderationProblem(undo.error)} />
        )}
      </div>
    </Section>
  )
}
