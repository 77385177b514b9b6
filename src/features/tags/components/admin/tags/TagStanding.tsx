import { Button } from '../../../../../components/Button.tsx'
import { ButtonLink } from '../../../../../components/ButtonLink.tsx'
import { Notice } from '../../../../../components/Notice.tsx'
import { countOf } from '../../../../../lib/numbers.ts'
import { moderationProblem } from '../../../moderationProblem.ts'
import { type Standing, useStanding } from '../../../queries/admin/useStanding.ts'
import type { TagDetails } from '../../../services/adminTag.ts'
import { Section } from './Section.tsx'
import styles from './TagStanding.module.css'

const done: Record<Standing, string> = {
  promote: 'It is a standard tag now.',
  demote: 'It is a custom tag now.',
  ban: 'It is banned now.',
  unban: 'It is shown again.',
}

/** What a tag counts for, and what else can be done with it. Everything here can be undone in the same place. */
export function TagStanding({ tag }: { tag: TagDetails }) {
  const standing = useStanding(tag.id)
  const mergeTo = `/admin/tags/merge?${new URLSearchParams({ from: tag.id })}`
  return (
    <Section title="Standing">
      <ul className={`plain-list ${styles.deeds}`}>
        <li className={styles.deed}>
          <p>
            {tag.isStandard
              ? 'A standard tag: suggested before custom ones.'
              : 'A custom tag: suggested after the standard ones.'}
          </p>
          <Button
            busy={standing.isPending}
            onClick={() => standing.mutate(tag.isStandard ? 'demote' : 'promote')}
          >
            {tag.isStandard ? 'Make it a custom tag' : 'Make it a standard tag'}
          </Button>
        </li>
        <li className={styles.deed}>
          <p>
            {tag.isBanned
              ? `Banned: hidden with its ${countOf(tag.songs, 'link')}; nothing of it is lost.`
              : 'Shown to everybody. Banned, it and its links are hidden; nothing of it is lost.'}
          </p>
          <Button busy={standing.isPending} onClick={() => standing.mutate(tag.isBanned ? 'unban' : 'ban')}>
            {tag.isBanned ? 'Lift the ban' : 'Ban this tag'}
          </Button>
        </li>
        <li className={styles.deed}>
          <p>If it means the same as another tag, that one can stand for both.</p>
          <ButtonLink to={mergeTo}>Merge into another tag…</ButtonLink>
        </li>
      </ul>
      <p role="status" className={styles.news}>
        {standing.isSuccess && done[standing.variables]}
      </p>
      <div role="alert">
        {standing.isError && (
          <Notice tone="problem" title="Nothing was changed" text={moderationProblem(standing.error)} />
        )}
      </div>
    </Section>
  )
}
