import { Notice } from '../../../components/Notice.tsx'
import { ReadFailure } from '../../../components/ReadFailure.tsx'
import type { useRole } from '../queries/roles.ts'

/** In place of a page that is for some roles, while the person's own is not known: why it is not. */
export function RoleUnknown({ role }: { role: ReturnType<typeof useRole> }) {
  if (role.isError) {
    return (
      <ReadFailure
        title="Your role could not be read"
        text="The server did not answer as it should. Nothing is lost; try again, or wait a minute and then try again."
        query={role}
      />
    )
  }
  if (role.fetchStatus !== 'paused') return null
  return (
    <Notice
      tone="offline"
      title="You are offline"
      text="Whether this page is for you is not known yet. It appears by itself as soon as there is a connection."
    />
  )
}
