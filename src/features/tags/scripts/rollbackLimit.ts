import { InvalidArgumentError } from 'commander'
import type { RollbackLimit } from '../migration/rollbackForm.ts'

const TIME = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?)(Z|[+-]\d\d:\d\d)?$/i

/** Reads the argument of `--to`: a batch number, or an ISO time, in UTC unless it says otherwise. @throws InvalidArgumentError */
export function rollbackLimit(text: string): RollbackLimit {
  if (/^\d{1,15}$/.test(text)) return { batch: Number(text) }
  const [, day, time, zone = 'Z'] = TIME.exec(text) ?? []
  const iso = `${day}T${time}${zone.toUpperCase()}`
  if (day === undefined || time === undefined || Number.isNaN(Date.parse(iso))) {
    throw new InvalidArgumentError('It must be the number of a batch or a time like 2026-11-22T17:14:33Z.')
  }
  return { time: iso }
}
