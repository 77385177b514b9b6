import { withConnection } from '../stack/connect.ts'
import { SUPERUSER } from '../stack/initialiseData.ts'
import { clusterUrl, createMigratedDatabase } from '../stack/temporaryCluster.ts'
import { type Boundary, installBoundaries } from './boundaries/installBoundaries.ts'
import { type ChaosRunResult, chaosRun } from './chaosRun.ts'
import { FAULT_NAMES, type FaultName } from './faults/faultNames.ts'
import { createChaosSchema } from './songbook/chaosSchema.ts'
import { ApiHost } from './stack/apiHost.ts'
import { type RestartableCluster, startRestartableCluster } from './stack/restartableCluster.ts'

export interface ChaosRunsOptions {
  randomSeed: string
  /** Numbers of the runs; with the seed they decide every draw. */
  runs: readonly number[]
  /** Only this fault; otherwise they take turns. */
  only?: FaultName
  /** Runs at a time, each beside a PostgreSQL of its own. */
  parallel: number
  onRun?: (result: ChaosRunResult) => void
}

/** Longest pause of a writer between two edits. */
const PAUSE_MS = 40

const TEMPLATE = 'chaos_template'
/** The same with boundaries at which server processes can be ended. */
const MARKED = 'chaos_marked'

/** Runs of the fault suite, on real processes and a real PostgreSQL. */
export async function chaosRuns(options: ChaosRunsOptions): Promise<ChaosRunResult[]> {
  const waiting = options.runs.values()
  const lanes = Array.from({ length: options.parallel }, () => lane(waiting, options))
  const results = await Promise.all(lanes)
  return results.flat().sort((a, b) => a.run - b.run)
}

async function lane(
  waiting: Iterable<number>,
  { randomSeed, only, onRun }: ChaosRunsOptions,
): Promise<ChaosRunResult[]> {
  const cluster = await startRestartableCluster()
  const apiHost = new ApiHost()
  const results: ChaosRunResult[] = []
  try {
    const ownerUrl = await createMigratedDatabase(cluster, TEMPLATE)
    await withConnection(ownerUrl, createChaosSchema)
    let marked: Boundary[] | undefined
    for (const run of waiting) {
      const fault = only ?? faultOf(run)
      const isMarked = fault === 'end-at-boundary'
      if (isMarked) marked ??= await createMarkedDatabase(cluster)
      const where = {
        template: isMarked ? MARKED : TEMPLATE,
        boundaries: (isMarked ? marked : undefined) ?? [],
      }
      const result = await chaosRun({ cluster, apiHost, ...where, randomSeed, run, fault, pauseMs: PAUSE_MS })
      results.push(result)
      onRun?.(result)
    }
    return results
  } finally {
    await apiHost.stop()
    await cluster.stop()
  }
}

/** They take turns, so that a few runs meet as many faults as they can. */
function faultOf(run: number): FaultName {
  return FAULT_NAMES[(run - 1) % FAULT_NAMES.length] ?? 'kill-worker'
}

async function createMarkedDatabase(cluster: RestartableCluster): Promise<Boundary[]> {
  await withConnection(
    clusterUrl(cluster, SUPERUSER, 'postgres'),
    (sql) => sql`create database ${sql(MARKED)} template ${sql(TEMPLATE)} strategy file_copy owner postgres`,
  )
  return withConnection(clusterUrl(cluster, SUPERUSER, MARKED), installBoundaries)
}
