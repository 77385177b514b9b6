import { useOnline } from '../lib/useOnline.ts'
import { Notice } from './Notice.tsx'

/** Where a part of the app will be that is not here yet: nothing for the moment that it takes, but for a missing connection. */
export function PartOnItsWay() {
  return (
    <div role="status">
      {!useOnline() && (
        <Notice
          tone="offline"
          title="You are offline"
          text="This part of the app is not on this device yet. It appears by itself as soon as there is a connection."
        />
      )}
    </div>
  )
}
