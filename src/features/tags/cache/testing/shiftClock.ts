import { vi } from 'vitest'

const wall = Date.now.bind(Date)
const monotonic = performance.now.bind(performance)

/** Lets `ms` pass at once for whoever looks at the clocks; timers go on as ever. Counted from the real time. */
export function passTime(ms: number): void {
  vi.spyOn(Date, 'now').mockImplementation(() => wall() + ms)
  vi.spyOn(performance, 'now').mockImplementation(() => monotonic() + ms)
}
