const HOUR = 3_600_000

/** What an admin can look at, and in how many steps it is drawn. */
export const dashboardTimes = {
  hour: { label: 'Last hour', ms: HOUR, steps: 60 },
  // Steps of an hour at least, which is what minutes become after some hours.
  day: { label: 'Last 24 hours', ms: 24 * HOUR, steps: 24 },
  week: { label: 'Last 7 days', ms: 7 * 24 * HOUR, steps: 56 },
  // And of a day, which is what hours become after a week.
  month: { label: 'Last 30 days', ms: 30 * 24 * HOUR, steps: 30 },
} as const

export type DashboardTime = keyof typeof dashboardTimes

/** Whether a text of an address names one. */
export function isDashboardTime(text: string | null): text is DashboardTime {
  return text !== null && Object.hasOwn(dashboardTimes, text)
}

/** Ends with the step that is under way, so that a step has the same times at every look. @param now ms since the epoch */
export function periodOf(time: DashboardTime, now: number): { from: Date; to: Date; steps: number } {
  const { ms, steps } = dashboardTimes[time]
  const step = ms / steps
  const to = Math.ceil((now + 1) / step) * step
  return { from: new Date(to - ms), to: new Date(to), steps }
}
