import { useMutationState } from '@tanstack/react-query'
import { useLocation } from 'react-router'
import { ButtonLink } from '../../../components/ButtonLink.tsx'
import { Notice } from '../../../components/Notice.tsx'
import { songKeys } from '../queries/songKeys.ts'
import { taggedSong } from '../queries/taggedSong.ts'
import styles from './TaggingAlert.module.css'

/** Over every page: that a song was not tagged, once somebody has left it. Its own page says more, and offers to try again. */
export function TaggingAlert() {
  const { pathname } = useLocation()
  const [song] = useMutationState({
    filters: { mutationKey: songKeys.all, status: 'error' },
    select: ({ options }) => taggedSong(options.mutationKey),
  }).filter((id) => id !== undefined && pathname !== `/songs/${id}`)
  return (
    <div className={styles.failed} role="alert">
      {song !== undefined && (
        <Notice
          tone="problem"
          title="A change of tags was not saved"
          text="The server has refused it since you left the song. Its page says why; try again there, or leave it."
        >
          <ButtonLink to={`/songs/${song}`}>Show the song</ButtonLink>
        </Notice>
      )}
    </div>
  )
}
