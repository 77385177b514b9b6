const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })

/** `9,412`. */
export function count(value: number): string {
  return whole.format(value)
}

/** `1 song`, `9,412 songs`. */
export function countOf(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`
}

/** `0.8 s`, `42 s`, `3 min 5 s`, `2 h 10 min`. @param ms milliseconds */
export function duration(ms: number): string {
  const seconds = ms / 1000
  if (seconds < 10) return `${seconds.toFixed(1)} s`
  if (seconds < 59.5) return `${Math.round(seconds)} s`
  const minutes = Math.floor(Math.round(seconds) / 60)
  if (minutes < 60) return `${minutes} min ${Math.round(seconds) % 60} s`
  return `${count(Math.floor(minutes / 60))} h ${minutes % 60} min`
}

/** As `duration`, without tenths: for what is only estimated. */
export function roughly(ms: number): string {
  return ms < 10_000 ? `${Math.max(1, Math.round(ms / 1000))} s` : duration(ms)
}

const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB'] as const

/** `640 bytes`, `12 MB`, `1.4 GB`. */
export function fileSize(bytes: number): string {
  let value = bytes
  let unit = 0
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000
    unit += 1
  }
  const digits = unit > 0 && value < 10 ? value.toFixed(1).replace(/\.0$/, '') : whole.format(value)
  return `${digits} ${UNITS[unit]}`
}
