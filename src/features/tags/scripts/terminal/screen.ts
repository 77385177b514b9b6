import type { Environment } from '../environment.ts'
import { createSpinner } from './spinner.ts'
import { createStyle, type Style } from './style.ts'

/** Where a report is written, and what the place can do. */
export interface Screen {
  style: Style
  /** Cells of a line. */
  readonly width: number
  /** Whether a line can be rewritten; otherwise it is a log, in which every line stays. */
  isLive: boolean
  /** A line that stays. */
  line(text?: string): void
  /** The line at the bottom, rewritten by each call and replaced by the next line that stays. In a log, nothing. */
  status(text: string): void
  /** Several lines at the bottom that the next call, or the next line that stays, replaces. In a log, nothing. */
  block(lines: readonly string[]): void
  /** Says what is waited for, briefly. In a log, once for each `what`. */
  wait(what: string, detail?: string): void
  /** Removes what does not stay. */
  clear(): void
}

export interface Output {
  write(text: string): unknown
  isTTY?: boolean
  columns?: number
  rows?: number
}

/** A log is read in files and web pages, where a long line is better than a broken one. */
const LOG_WIDTH = 120

/** @param env says what the terminal speaks, and whether it is one: TERM, CI, NO_COLOR, LC_ALL and its like */
export function createScreen(output: Output, env: Environment, platform: string = process.platform): Screen {
  const isDumb = env.TERM === 'dumb'
  const isPlain = Boolean(env.CI) || Boolean(env.NO_COLOR)
  const isLive = output.isTTY === true && !isDumb && !isPlain
  const style = createStyle({ unicode: !isDumb && speaksUtf8(env, platform), colours: isLive })
  const spinner = createSpinner(output, style.glyph.full === '█')
  let waitedFor: string | undefined
  let hasStatus = false
  let blockLines = 0

  /** Back to where the block began, and everything from there on gone. */
  const overBlock = () => (blockLines > 0 ? `\r\x1b[${blockLines}A\x1b[J` : '')
  const clear = () => {
    spinner.stop()
    if (hasStatus) output.write('\r\x1b[2K')
    hasStatus = false
    if (blockLines > 0) output.write(overBlock())
    blockLines = 0
  }
  return {
    style,
    isLive,
    get width() {
      return output.isTTY ? Math.max(20, output.columns ?? 80) : LOG_WIDTH
    },
    line: (text = '') => {
      clear()
      output.write(`${text}\n`)
    },
    status: (text) => {
      if (!isLive) return
      spinner.stop()
      output.write(`\r${text}\x1b[K`)
      hasStatus = true
    },
    block: (lines) => {
      if (!isLive) return
      // What has scrolled away cannot be replaced.
      const shown = lines.slice(0, Math.max(1, (output.rows ?? 24) - 1))
      const before = overBlock()
      if (blockLines === 0) clear()
      output.write(`${before}${shown.join('\n')}\n`)
      blockLines = shown.length
    },
    wait: (what, detail = '') => {
      const text = `${what}${style.glyph.ellipsis} ${detail}`.trimEnd()
      if (!isLive) {
        if (what !== waitedFor) output.write(`${what}${style.glyph.ellipsis}\n`)
        waitedFor = what
        return
      }
      spinner.show(text)
    },
    clear,
  }
}

function speaksUtf8(env: Environment, platform: string): boolean {
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG
  if (locale) return /utf-?8/i.test(locale)
  // These two set no locale, or not always, and their terminals speak it.
  return platform === 'win32' || platform === 'darwin'
}
