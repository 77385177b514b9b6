import type { EndedTagCommand, RunningTagCommand } from '../testing/tagCommand.ts'
import type { CallGate } from './callGate.ts'
import type { Moment } from './moment.ts'

export interface KilledCommand extends EndedTagCommand {
  /** What was under way; undefined when the command ended before its moment came. */
  killedAt: string | undefined
}

/**
 * Waits for the moment and ends the process with SIGKILL: no handler of its own runs.
 * @param last the call after which nothing would be left to interrupt: killed there when the moment has not come before
 */
export async function killAt(
  { child, ended }: RunningTagCommand,
  gate: CallGate,
  moment: Moment,
  last?: { name: string; nth: number },
): Promise<KilledCommand> {
  let killedAt: string | undefined
  const kill = () => {
    if (killedAt === undefined && child.exitCode === null && child.kill('SIGKILL')) killedAt = gate.place
  }
  const timers: NodeJS.Timeout[] = []
  if (moment.kind === 'time') timers.push(setTimeout(kill, moment.ms))
  const isIt = (name: string, nth: number) =>
    moment.kind === 'call' && moment.name === name && moment.nth === nth
  gate.watch({
    arrived: (name, nth) => {
      if (last?.name === name && last.nth === nth && !isIt(name, nth)) kill()
      if (moment.kind !== 'call' || !isIt(name, nth)) return
      if (moment.stage === 'arrived') kill()
      else if (moment.stage === 'working') timers.push(setTimeout(kill, moment.ms))
    },
    answered: (name, nth) => {
      // A call that was faster than the delay into it: its answer is still on this side.
      if (moment.kind === 'call' && moment.stage !== 'arrived' && isIt(name, nth)) kill()
    },
  })
  try {
    const end = await ended
    return { ...end, killedAt }
  } finally {
    for (const timer of timers) clearTimeout(timer)
    gate.watch(undefined)
  }
}
