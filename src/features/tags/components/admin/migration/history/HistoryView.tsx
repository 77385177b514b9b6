import { RunHistory } from './RunHistory.tsx'
import { SongDiff } from './SongDiff.tsx'

/** What runs there were, and what they did to a song. */
export function HistoryView() {
  return (
    <>
      <SongDiff />
      <RunHistory />
    </>
  )
}
