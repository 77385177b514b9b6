import { ButtonLink } from '../../../components/ButtonLink.tsx'
import { Notice } from '../../../components/Notice.tsx'
import type { useRole } from '../queries/roles.ts'
import styles from './NoAdmin.module.css'
import { RoleUnknown } from './RoleUnknown.tsx'

type Props = { role: ReturnType<typeof useRole>; moderatorsToo: boolean }

/** What somebody reads in place of a page that is not for them, or not known to be. */
export function NoAdmin({ role, moderatorsToo }: Props) {
  return (
    <div className={styles.page}>
      {role.isSuccess ? (
        <>
          <title>Not for you – HSA Songbook</title>
          <Notice
            tone="plain"
            title={moderatorsToo ? 'This page is for admins and moderators' : 'This page is for admins'}
            text={`Your account is ${moderatorsToo ? 'neither' : 'not one'}. If it should be, ask the admin of your songbook.`}
          >
            <ButtonLink to="/">Show all songs</ButtonLink>
          </Notice>
        </>
      ) : (
        <RoleUnknown role={role} />
      )}
    </div>
  )
}
