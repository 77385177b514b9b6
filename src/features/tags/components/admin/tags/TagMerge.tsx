import { useSearchParams } from 'react-router'
import { ButtonLink } from '../../../../../components/ButtonLink.tsx'
import { Notice } from '../../../../../components/Notice.tsx'
import { ReadFailure } from '../../../../../components/ReadFailure.tsx'
import { isUuid } from '../../../../../lib/isUuid.ts'
import { useMergePreview } from '../../../queries/admin/mergePreview.ts'
import { ChosenMerge } from './ChosenMerge.tsx'

/** The database takes no more. */
const MOST_AT_ONCE = 100

/** The tags that were chosen to be merged, or which of the other states the page is in. */
export function TagMerge() {
  const [params] = useSearchParams()
  const asked = (params.get('from') ?? '').split(',').filter(isUuid)
  const into = params.get('into') ?? ''
  const isTooMuch = asked.length > MOST_AT_ONCE
  // Of one's own choice the first stands for itself: this asks what they are, not what would become of them.
  const known = useMergePreview(isTooMuch ? [] : asked, asked[0] ?? null)

  if (asked.length === 0)
    return (
      <Choose
        title="No tag is chosen"
        text="Choose the tags that mean the same in the list, then merge them."
      />
    )
  if (isTooMuch)
    return (
      <Choose
        title="That is too much at once"
        text={`At most ${MOST_AT_ONCE} tags are merged at once: choose fewer.`}
      />
    )
  if (known.data?.from.length === 0)
    return (
      <Choose
        title="The chosen tags are gone"
        text="Somebody has deleted them meanwhile. Nothing was changed; choose others."
      />
    )
  if (known.data === undefined && known.fetchStatus === 'paused')
    return (
      <Notice
        tone="offline"
        title="You are offline"
        text="The chosen tags appear by themselves as soon as there is a connection."
      />
    )
  if (known.data === undefined && known.isError)
    return (
      <ReadFailure
        title="The chosen tags could not be read"
        text="The server did not answer as it should. Nothing is lost; try again, or wait a minute and then try again."
        query={known}
      />
    )
  return <ChosenMerge asked={asked} chosen={known.data?.from} suggested={isUuid(into) ? into : null} />
}

function Choose({ title, text }: { title: string; text: string }) {
  return (
    <Notice tone="plain" title={title} text={text}>
      <ButtonLink to="/admin/tags">Show all tags</ButtonLink>
    </Notice>
  )
}
