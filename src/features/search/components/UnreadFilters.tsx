import { Notice } from '../../../components/Notice.tsx'

/** Parts of a link that mean nothing here: said, so that nobody takes the songs for what the link promised. */
export function UnreadFilters({ unread }: { unread: readonly string[] }) {
  const [first = '', ...others] = unread.map((part) => `“${shorten(part)}”`)
  if (first === '') return null
  return (
    <Notice
      tone="plain"
      title="A part of this link could not be read"
      text={`${[first, ...others.slice(0, 2)].join(', ')}${others.length > 2 ? ' and more' : ''} is left out; the songs below fit the rest.`}
    />
  )
}

function shorten(part: string): string {
  return part.length > 40 ? `${part.slice(0, 40).toWellFormed()}…` : part
}
