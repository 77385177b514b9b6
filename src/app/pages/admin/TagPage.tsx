import { TagConsole } from '../../../features/tags/index.ts'

export function TagPage() {
  return <TagConsole />
}
