import { Notice } from '../../../components/Notice.tsx'

/** Above a form that begins with what was typed before and not saved. */
export function RestoredDraft() {
  return (
    <div role="status">
      <Notice
        tone="plain"
        title="Your changes from before are here"
        text="You left this form without saving it. Save the changes now, or discard them below."
      />
    </div>
  )
}
