import { useCountSearch } from '../useCountSearch.ts'
import { ActiveFilters } from './ActiveFilters.tsx'
import { SearchTitle } from './SearchTitle.tsx'

type Props = Parameters<typeof ActiveFilters>[0] & {
  /** Songs that it finds; undefined while it is not answered. */
  total: number | undefined
}

/** What is looked for, in words: the title of the page and the filters in use. */
export function SearchSummary({ total, ...props }: Props) {
  useCountSearch(props.search, total)
  return (
    <>
      <SearchTitle search={props.search} facets={props.facets} />
      <ActiveFilters {...props} />
    </>
  )
}
