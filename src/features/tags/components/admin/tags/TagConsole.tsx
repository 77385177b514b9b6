import { useLocation, useParams } from 'react-router'
import { BackLink } from '../../../../../components/BackLink.tsx'
import { ButtonLink } from '../../../../../components/ButtonLink.tsx'
import { Notice } from '../../../../../components/Notice.tsx'
import { ReadFailure } from '../../../../../components/ReadFailure.tsx'
import { useTagDetails } from '../../../queries/admin/tagDetails.ts'
import styles from './TagConsole.module.css'
import { TagView } from './TagView.tsx'

/** One tag of the console, or which of the other states its page is in. */
export function TagConsole() {
  const { tagId = '' } = useParams()
  const tag = useTagDetails(tagId)
  const news = useNews()
  const list = useListSearch()
  return (
    <>
      <title>{tag.data ? `${tag.data.name} – Tags – HSA Songbook` : 'Tags – HSA Songbook'}</title>
      <BackLink to={`/admin/tags${list}`}>All tags</BackLink>
      <p role="status" className={styles.news}>
        {news}
      </p>
      {tag.data && <TagView key={tagId} tag={tag.data} />}
      {tag.isPending && tag.fetchStatus === 'paused' && (
        <Notice
          tone="offline"
          title="You are offline"
          text="The tag appears by itself as soon as there is a connection."
        />
      )}
      {tag.isError && !tag.data && isMalformed(tag.error) === false && (
        <ReadFailure
          title="The tag could not be read"
          text="The server did not answer as it should. Nothing is lost; try again, or wait a minute and then try again."
          query={tag}
        />
      )}
      {(tag.data === null || isMalformed(tag.error)) && (
        <Notice
          tone="plain"
          title="There is no such tag"
          text="It was deleted, or the address has a typing mistake."
        >
          <ButtonLink to="/admin/tags">Show all tags</ButtonLink>
        </Notice>
      )}
    </>
  )
}

/** The address holds something that is no id (invalid text representation). */
function isMalformed(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === '22P02'
}

/** What has just been done on the page before. */
function useNews(): string {
  const state: unknown = useLocation().state
  const news = typeof state === 'object' && state !== null && 'news' in state ? state.news : ''
  return typeof news === 'string' ? news : ''
}

/** The list one came from, so that the way back leads to the same page of it. */
function useListSearch(): string {
  const state: unknown = useLocation().state
  const list = typeof state === 'object' && state !== null && 'list' in state ? state.list : ''
  return typeof list === 'string' ? list : ''
}
