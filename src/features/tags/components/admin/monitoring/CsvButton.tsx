import { Button } from '../../../../../components/Button.tsx'
import { type Figures, toCsv } from '../../../monitoring/toCsv.ts'

/** Saves figures for a spreadsheet. */
export function CsvButton({ title, file, figures }: { title: string; file: string; figures: Figures }) {
  return (
    <Button onClick={() => save(`${file}.csv`, toCsv(figures))}>
      Save as CSV <span className="visually-hidden">{title}</span>
    </Button>
  )
}

function save(name: string, text: string): void {
  // With the mark at its begin a spreadsheet knows that it is UTF-8.
  const address = URL.createObjectURL(new Blob(['\uFEFF', text], { type: 'text/csv;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  URL.revokeObjectURL(address)
}
