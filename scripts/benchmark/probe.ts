// Loaded into a measured process with `node --import`: notes its calls and, at its end, its peak memory, on file
// descriptor 3. A measurement from outside would miss the peak between two looks, and see no call at all.
import { writeSync } from 'node:fs'
import type { ProbedCall } from './probeReport.ts'

const calls: ProbedCall[] = []
const inner = globalThis.fetch

globalThis.fetch = async (input, init) => {
  const name = new URL(input instanceof Request ? input.url : input).pathname.split('/').at(-1) ?? ''
  const startMs = performance.now()
  const response = await inner(input, init)
  // A call ends when its answer is here, not when its headers are.
  const body = await response.arrayBuffer()
  calls.push({ name, startMs, endMs: performance.now() })
  return new Response(body.byteLength === 0 ? null : body, response)
}

process.on('exit', () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage()
  const cpuMs = (userCPUTime + systemCPUTime) / 1000
  const report = Buffer.from(
    JSON.stringify({ calls, peakKilobytes: maxRSS, cpuMs, beganAt: performance.timeOrigin }),
  )
  // The pipe holds 64 kB at a time, and says EAGAIN when it is full.
  for (let written = 0; written < report.length; ) {
    try {
      written += writeSync(3, report, written)
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error
    }
  }
})
