import { Notice } from '../../../components/Notice.tsx'

/** Above a form that was saved while somebody typed on. */
export function SavedMeanwhile() {
  return (
    <div role="status">
      <Notice
        tone="plain"
        title="Saved, but for what you have typed since then"
        text="Save again when you are ready: it is not in the songbook yet."
      />
    </div>
  )
}
