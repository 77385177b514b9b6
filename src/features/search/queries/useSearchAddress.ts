import { useCallback, useMemo } from 'react'
import { useLocation, useNavigate } from 'react-router'
import { readSearch, searchAddress } from '../searchAddress.ts'
import type { Search } from '../types.ts'

/** The search that stands in the address, and how to go to another one. */
export function useSearchAddress() {
  const { search: address } = useLocation()
  const navigate = useNavigate()
  const { search, unread, tagName } = useMemo(() => {
    const params = new URLSearchParams(address)
    return { ...readSearch(params), tagName: params.get('tag') }
  }, [address])

  const go = useCallback(
    (next: Search, { replace = false } = {}) => {
      // Further down in the songs before is nowhere in the next ones.
      if (replace) window.scrollTo(0, 0)
      void navigate({ pathname: '/', search: searchAddress(next) }, { replace })
    },
    [navigate],
  )
  return {
    search,
    unread,
    /** From a link that is older than the search: the normalized name of a tag. */
    tagName,
    go,
  }
}
