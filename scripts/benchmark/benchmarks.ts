import type { Benchmark } from './benchmark.ts'

/** Every benchmark, by the name that `--only` takes. Each is loaded when it runs: browsers, builders and peers take seconds. */
export const benchmarks: Readonly<Record<string, () => Promise<Benchmark>>> = {
  migration: async () => (await import('./migration/migrationBenchmark.ts')).migrationBenchmark,
  online: async () => (await import('./online/onlineBenchmark.ts')).onlineBenchmark,
  matcher: async () => (await import('./matcher/matcherBenchmark.ts')).matcherBenchmark,
  cache: async () => (await import('./cache/cacheBenchmark.ts')).cacheBenchmark,
  typing: async () => (await import('./typing/typingBenchmark.ts')).typingBenchmark,
  monitoring: async () => (await import('./monitoring/monitoringBenchmark.ts')).monitoringBenchmark,
  search: async () => (await import('./search/searchBenchmark.ts')).searchBenchmark,
  admin: async () => (await import('./admin/adminBenchmark.ts')).adminBenchmark,
}
