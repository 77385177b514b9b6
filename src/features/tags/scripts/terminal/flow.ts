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
