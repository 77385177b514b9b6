import { Button } from '../../../components/Button.tsx'
import { ButtonLink } from '../../../components/ButtonLink.tsx'
import { Notice } from '../../../components/Notice.tsx'
import type { useRole } from '../queries/roles.ts'
import styles from './NoAdmin.module.css'

type Props = { role: ReturnType<typeof useRole>; moderatorsToo: boolean }

/** What somebody reads in place of a page that is not for them, or not known to be. */
export function NoAdmin({ role, moderatorsToo }: Props) {
  if (role.isSuccess) {
    return (
      <div className={styles.page}>
        <title>Not for you – HSA Songbook</title>
        <Notice
          tone="plain"
          title={moderatorsToo ? 'This page is for admins and moderators' : 'This page is for admins'}
          text={`Your account is ${moderatorsToo ? 'neither' : 'not one'}. If it should be, ask the admin of your songbook.`}
        >
          <ButtonLink to="/">Show all songs</ButtonLink>
        </Notice>
      </div>
    )
  }
  if (role.fetchStatus === 'paused') {
    return (
      <div className={styles.page}>
        <Notice
          tone="offline"
          title="You are offline"
          text="Whether this page is for you is not known yet. It appears by itself as soon as there is a connection."
        />
      </div>
    )
  }
  if (!role.isError) return null
  return (
    <div className={styles.page} role="alert">
      <Notice
        tone="problem"
        title="Your role could not be read"
        text="The server did not answer as it should. Nothing is lost; try again, or wait a minute and then try again."
      >
        <Button busy={role.isFetching} onClick={() => void role.refetch()}>
          Try again
        </Button>
      </Notice>
    </div>
  )
}
