import { Notice } from '../../../../../components/Notice.tsx'

/** In place of what was asked for. @param what happens as soon as there is a connection: “The run appears” */
export function OfflineNotice({ what }: { what: string }) {
  return (
    <Notice
      tone="offline"
      title="You are offline"
      text={`${what} by itself as soon as there is a connection.`}
    />
  )
}
