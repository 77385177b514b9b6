import { ActiveFilters } from './ActiveFilters.tsx'
import { SearchTitle } from './SearchTitle.tsx'

type Props = Parameters<typeof ActiveFilters>[0]

/** What is looked for, in words: the title of the page and the filters in use. */
export function SearchSummary(props: Props) {
  return (
    <>
      <SearchTitle search={props.search} facets={props.facets} />
      <ActiveFilters {...props} />
    </>
  )
}
