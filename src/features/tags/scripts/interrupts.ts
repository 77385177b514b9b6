/** The tty signals the whole process group and npm passes its own signal on: one Ctrl-C may arrive twice. */
const ONE_CTRL_C_MS = 300

export interface InterruptOptions {
  /** The first one: the work stops at its next safe point. */
  onFirst: () => void
  /** The second one: the process ends here and now. */
  onSecond: () => void
  now?: () => number
}

/** Listens for Ctrl-C, SIGTERM and a closing terminal until `stop`. */
export function listenForInterrupts({ onFirst, onSecond, now = Date.now }: InterruptOptions): {
  signal: AbortSignal
  stop: () => void
} {
  const controller = new AbortController()
  let firstAt = 0
  const interrupt = () => {
    if (!controller.signal.aborted) {
      firstAt = now()
      controller.abort()
      onFirst()
    } else if (now() - firstAt > ONE_CTRL_C_MS) onSecond()
  }
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  for (const signal of signals) process.on(signal, interrupt)
  return {
    signal: controller.signal,
    stop: () => {
      for (const signal of signals) process.off(signal, interrupt)
    },
  }
}
