export const migrationKeys = {
  all: ['migration'] as const,
  status: () => [...migrationKeys.all, 'status'] as const,
  runs: () => [...migrationKeys.all, 'runs'] as const,
  run: (runId: string) => [...migrationKeys.all, 'run', runId] as const,
  quarantined: (runId: string) => [...migrationKeys.all, 'quarantined', runId] as const,
  contract: (quietDays: number) => [...migrationKeys.all, 'contract', quietDays] as const,
  song: (songId: string) => [...migrationKeys.all, 'song', songId] as const,
  found: (text: string) => [...migrationKeys.all, 'found', text] as const,
  plan: () => [...migrationKeys.all, 'plan'] as const,
  songsWith: (themes: readonly string[]) => [...migrationKeys.plan(), 'songs-with', themes] as const,
  /** Whether an edge function is deployed. */
  served: () => [...migrationKeys.all, 'served'] as const,
  work: () => [...migrationKeys.all, 'work'] as const,
}
