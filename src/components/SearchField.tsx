import { SearchBox } from './SearchBox.tsx'
import { useTypedSearch } from './useTypedSearch.ts'

/** ms. A text whose answer does not come is given up for a newer one. */
const LONGEST_WAIT = 500

type Props = {
  label: string
  /** The text that is searched for now. */
  value: string
  /** Whether its answer is on its way: the newest text waits for that, the ones between are left out. */
  busy: boolean
  /** Called with every letter that nothing has to wait for. */
  onSearch: (text: string) => void
  onFocus?: () => void
}

export function SearchField({ label, value, busy, onSearch, onFocus }: Props) {
  const { text, setText } = useTypedSearch({ value, onSearch, pause: busy ? LONGEST_WAIT : 0, tidy })
  return <SearchBox label={label} maxLength={200} value={text} onText={setText} onFocus={onFocus} />
}

const tidy = (typed: string) => typed.trim()
