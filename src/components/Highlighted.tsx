import styles from './Highlighted.module.css'

type Props = {
  text: string
  /** What to set off, as [start, end), in order and without overlaps. */
  ranges: readonly (readonly [start: number, end: number])[]
}

/** A text with what matched set off. */
export function Highlighted({ text, ranges }: Props) {
  let end = 0
  const parts = ranges.flatMap(([from, to]) => {
    const before = text.slice(end, from)
    end = to
    return [
      before,
      <mark key={from} className={styles.match}>
        {text.slice(from, to)}
      </mark>,
    ]
  })
  return (
    <>
      {parts}
      {text.slice(end)}
    </>
  )
}
