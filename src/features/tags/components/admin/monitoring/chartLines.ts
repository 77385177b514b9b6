import type { AlertRule } from '../../../monitoring/alertRules.ts'

export interface Line {
  key: string
  name: string
  /** A colour. The same for the same thing everywhere, and never alone: dashes and the label at its end tell lines apart, too. */
  mark: string
  dash?: string
  /** The one that counts. */
  isStrong?: boolean
}

export type ChartUnit = AlertRule['unit']

/** Where the scale ends: the next round number above all that is drawn, the target too. */
export function roundAbove(most: number): number {
  if (most <= 0) return 1
  const power = 10 ** Math.floor(Math.log10(most))
  const step = [1, 2, 2.5, 5].find((one) => one * power >= most) ?? 10
  return step * power
}
