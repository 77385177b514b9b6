import { Suspense, useState } from 'react'
import { Button } from '../../../components/Button.tsx'
import { Icon } from '../../../components/Icon.tsx'
import { countFilters } from '../search.ts'
import type { FilterSheetProps } from './FilterSheet.tsx'
import { FilterSheet } from './lazyParts.ts'

/** Where there is no room beside the songs: the way to the filters. */
export function FilterButton(props: Omit<FilterSheetProps, 'open' | 'onOpenChange'>) {
  const [open, setOpen] = useState(false)
  const [wasOpened, setWasOpened] = useState(false)
  const filters = countFilters(props.search)
  return (
    <>
      <Button
        aria-haspopup="dialog"
        onClick={() => {
          setOpen(true)
          setWasOpened(true)
        }}
      >
        <Icon name="filter" />
        Filters{filters > 0 && ` (${filters})`}
      </Button>
      {wasOpened && (
        <Suspense>
          <FilterSheet {...props} open={open} onOpenChange={setOpen} />
        </Suspense>
      )}
    </>
  )
}
