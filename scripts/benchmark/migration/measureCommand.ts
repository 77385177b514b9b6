import { fileURLToPath } from 'node:url'
import { launchTagCommand, type TagCommand } from '../../testing/tagCommand.ts'
import type { OwnStack } from '../ownStack.ts'
import { type ProbeReport, parseProbeReport } from '../probeReport.ts'

const probe = fileURLToPath(import.meta.resolve('../probe.ts'))

export interface MeasuredCommand {
  /** What a person waits, the process's start included; milliseconds. */
  wallMs: number
  probe: ProbeReport
}

/** Runs one command against the stack. @throws Error with what it said when it does not end with exit code 0 */
export async function measureCommand(
  command: TagCommand,
  args: readonly string[],
  { apiUrl, secretKey }: OwnStack,
): Promise<MeasuredCommand> {
  const { ended } = launchTagCommand(command, args, { apiUrl, secretKey, preload: probe })
  const { code, stderr, report, wallMs } = await ended
  if (code !== 0) throw new Error(`${command} ended with exit code ${code}: ${stderr.trim()}`)
  return { wallMs, probe: parseProbeReport(report) }
}
