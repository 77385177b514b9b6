import { SearchBox } from './SearchBox.tsx'
import { useTypedSearch } from './useTypedSearch.ts'

/** ms; a request that the next letter overtakes is called off, so a short one costs little. */
const TYPING_PAUSE = 60

type Props = {
  label: string
  /** The text that is searched for now. */
  value: string
  /** Called when the typing pauses. */
  onSearch: (text: string) => void
}

export function SearchField({ label, value, onSearch }: Props) {
  const { text, setText } = useTypedSearch({ value, onSearch, pause: TYPING_PAUSE, tidy })
  return <SearchBox label={label} maxLength={200} value={text} onText={setText} />
}

const tidy = (typed: string) => typed.trim()
