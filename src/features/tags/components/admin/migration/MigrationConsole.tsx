import { RunView } from './RunView.tsx'

/** Everything that an admin does about the migration. For admins: the database answers nobody else. */
export function MigrationConsole() {
  return <RunView />
}
