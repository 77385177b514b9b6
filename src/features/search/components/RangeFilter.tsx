import { type FocusEvent, type FormEvent, useId } from 'react'
import { countOf } from '../../../lib/numbers.ts'
import { isUpsideDown } from '../search.ts'
import type { NumberRange } from '../types.ts'
import sections from './Filters.module.css'
import { RangeEnd } from './RangeEnd.tsx'
import styles from './RangeFilter.module.css'

type Step = { from: number; to: number; count: number }

type Props = {
  label: string
  /** After the number: “90 bpm”. */
  unit: string
  /** The least and the most that there can be. */
  limits: readonly [number, number]
  /** How many songs each step has, in order; null while that is not known. */
  counts: readonly Step[] | null
  range: NumberRange | null
  onChange: (from: number | null, to: number | null) => void
}

/** A range in numbers, over the steps that songs have: a step is a range, too. */
export function RangeFilter({ label, unit, limits: [least, most], counts, range, onChange }: Props) {
  const id = useId()
  const highest = Math.max(1, ...(counts ?? []).map(({ count }) => count))
  const from = range?.from ?? null
  const to = range?.to ?? null

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault()
    const values = new FormData(event.currentTarget)
    const next = [numberOf(values.get('from')), numberOf(values.get('to'))] as const
    if (next[0] !== from || next[1] !== to) onChange(...next)
  }

  return (
    <fieldset className={sections.section}>
      <legend className={sections.legend}>{label}</legend>
      <div className={styles.steps} data-known={counts !== null}>
        {counts?.map((step) => {
          const isChosen = step.from === from && step.to === to
          return (
            <button
              key={step.from}
              type="button"
              className={styles.step}
              aria-pressed={isChosen}
              data-inside={(from === null || step.to >= from) && (to === null || step.from <= to)}
              title={`${stepWords(step)} ${unit}: ${countOf(step.count, 'song')}`}
              onClick={() => (isChosen ? onChange(null, null) : onChange(step.from, step.to))}
            >
              <span className={styles.column} aria-hidden="true">
                <span className={styles.bar} style={{ height: `${(100 * step.count) / highest}%` }} />
              </span>
              <span className="visually-hidden">
                {stepWords(step)} {unit}, {countOf(step.count, 'song')}
              </span>
              <span aria-hidden="true">{step.from}</span>
            </button>
          )
        })}
      </div>
      <form className={styles.numbers} onSubmit={submit} onBlur={leave} noValidate>
        <label htmlFor={`${id}-from`} className="visually-hidden">
          {label}, from
        </label>
        <RangeEnd
          id={`${id}-from`}
          name="from"
          value={from}
          min={least}
          max={most}
          placeholder={`${least}`}
        />
        <span aria-hidden="true">to</span>
        <label htmlFor={`${id}-to`} className="visually-hidden">
          {label}, to
        </label>
        <RangeEnd id={`${id}-to`} name="to" value={to} min={least} max={most} placeholder={`${most}`} />
        <span>{unit}</span>
        {/* Enter sends a form only when it has a button. */}
        <button type="submit" hidden>
          Apply
        </button>
      </form>
      {isUpsideDown(range) && (
        <p className={styles.problem} role="alert">
          This range begins above its end, so no song is in it.
        </p>
      )}
    </fieldset>
  )
}

/** What was typed counts when both fields are left. */
function leave({ currentTarget, relatedTarget }: FocusEvent<HTMLFormElement>): void {
  if (!currentTarget.contains(relatedTarget)) currentTarget.requestSubmit()
}

function stepWords({ from, to }: Step): string {
  return from === to ? `${from}` : `${from}–${to}`
}

function numberOf(value: FormDataEntryValue | null): number | null {
  const number = Number.parseInt(String(value ?? ''), 10)
  return Number.isNaN(number) ? null : Math.min(Math.max(number, 0), 9999)
}
