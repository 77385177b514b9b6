import { adminBenchmark } from './admin/adminBenchmark.ts'
import type { Benchmark } from './benchmark.ts'
import { cacheBenchmark } from './cache/cacheBenchmark.ts'
import { matcherBenchmark } from './matcher/matcherBenchmark.ts'
import { migrationBenchmark } from './migration/migrationBenchmark.ts'
import { monitoringBenchmark } from './monitoring/monitoringBenchmark.ts'
import { onlineBenchmark } from './online/onlineBenchmark.ts'
import { searchBenchmark } from './search/searchBenchmark.ts'
import { typingBenchmark } from './typing/typingBenchmark.ts'

/** Every benchmark, by the name that `--only` takes. */
export const benchmarks: Readonly<Record<string, Benchmark>> = {
  migration: migrationBenchmark,
  online: onlineBenchmark,
  matcher: matcherBenchmark,
  cache: cacheBenchmark,
  typing: typingBenchmark,
  monitoring: monitoringBenchmark,
  search: searchBenchmark,
  admin: adminBenchmark,
}
