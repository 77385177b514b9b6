declare module '@bcoe/v8-coverage' {
  import type { Profiler } from 'node:inspector'

  /** @returns undefined of none */
  export function mergeScriptCovs(
    scripts: readonly Profiler.ScriptCoverage[],
  ): Profiler.ScriptCoverage | undefined
}
