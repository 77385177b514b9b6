import { displayWidth } from './displayWidth.ts'

/** The left column, in which every report has its phases and subjects. */
const LABEL_CELLS = 10

/** A line's label, padded to the left column. */
export function labelled(label: string): string {
  return label.padEnd(LABEL_CELLS)
}

/** Facts side by side under a label, on as many lines as the width asks for. */
export function flow(label: string, facts: readonly string[], width: number): string[] {
  return fill(labelled(label), facts, width, '   ')
}

/** A sentence broken between words, its further lines under the first word. */
export function paragraph(lead: string, text: string, width: number): string[] {
  return fill(lead, text.split(' '), width, ' ')
}

/** A command in a sentence; broken over two lines it could not be copied. */
const COMMAND = /npm run [^.,;(]*[^.,;( ]/g
const HELD = '\u00a0'

/** Sentences broken between words where they are wider than the width, commands never. */
export function sentences(text: string, width: number): string[] {
  const held = text.replace(COMMAND, (command) => command.replaceAll(' ', HELD))
  return fill('', held.split(' '), width, ' ').map((line) => line.replaceAll(HELD, ' '))
}

/** Next steps side by side, or one a line where there is no room for that. */
export function nextSteps(steps: readonly string[], width: number): string[] {
  const line = steps.join('      ')
  return displayWidth(line) <= width ? [line] : [...steps]
}

function fill(lead: string, pieces: readonly string[], width: number, gap: string): string[] {
  const indent = ' '.repeat(displayWidth(lead))
  const lines: string[] = []
  let line = lead
  let isEmpty = true
  for (const piece of pieces) {
    if (!isEmpty && displayWidth(line) + gap.length + displayWidth(piece) > width) {
      lines.push(line)
      line = indent
      isEmpty = true
    }
    line += isEmpty ? piece : gap + piece
    isEmpty = false
  }
  return [...lines, line.trimEnd()]
}
