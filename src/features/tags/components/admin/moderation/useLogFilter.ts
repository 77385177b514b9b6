import { useMemo } from 'react'
import { useSearchParams } from 'react-router'
import { isUuid } from '../../../../../lib/isUuid.ts'
import type { ModerationFilter } from '../../../services/tagAdminService.ts'
import { startOfDay } from './startOfDay.ts'

const parts = ['action', 'actor', 'from', 'until'] as const

/** What is chosen in the fields, as they hold it: days as `2026-11-26`, empty for all. */
export type LogChoice = Record<(typeof parts)[number], string>

/** The filter of the log. It is in the address, so that it can be sent to somebody and survives a reload. */
export function useLogFilter(): [LogChoice, (choice: LogChoice) => void, ModerationFilter] {
  const [params, setParams] = useSearchParams()
  const choice = useMemo<LogChoice>(
    () => ({
      action: params.get('action') ?? '',
      actor: params.get('actor') ?? '',
      from: params.get('from') ?? '',
      until: params.get('until') ?? '',
    }),
    [params],
  )
  const filter = useMemo(
    () => ({
      action: choice.action || null,
      actor: idOrNull(choice.actor),
      tagId: idOrNull(params.get('tag') ?? ''),
      from: startOfDay(choice.from, 0),
      // The last day is meant as well.
      until: startOfDay(choice.until, 1),
    }),
    [choice, params],
  )
  const change = (next: LogChoice) =>
    setParams(
      (before) => {
        const after = new URLSearchParams(before)
        for (const part of parts) {
          if (next[part]) after.set(part, next[part])
          else after.delete(part)
        }
        return after
      },
      { replace: true },
    )
  return [choice, change, filter]
}

/** An address that somebody has mistyped asks for all, instead of for what the server cannot read. */
function idOrNull(text: string): string | null {
  return isUuid(text) ? text : null
}
