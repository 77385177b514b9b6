import { Button } from './Button.tsx'
import { Notice } from './Notice.tsx'

type Props = {
  title: string
  text: string
  /** The query that failed. */
  query: { isFetching: boolean; refetch: () => unknown }
}

/** Says at once that something could not be read, and offers to read it again. */
export function ReadFailure({ title, text, query }: Props) {
  return (
    <div role="alert">
      <Notice tone="problem" title={title} text={text}>
        <Button busy={query.isFetching} onClick={() => void query.refetch()}>
          Try again
        </Button>
      </Notice>
    </div>
  )
}
