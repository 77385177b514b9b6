const BARS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const

/** Numbers as bars, the greatest the highest. @param unicode otherwise nothing, where bars cannot be shown */
export function sparkline(values: readonly number[], unicode: boolean): string {
  const most = Math.max(0, ...values)
  if (!unicode || values.length < 2 || most === 0) return ''
  return values
    .map((value) => BARS[Math.min(BARS.length - 1, Math.floor((value / most) * BARS.length))])
    .join('')
}
