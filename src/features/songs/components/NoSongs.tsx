import { ButtonLink } from '../../../components/ButtonLink.tsx'
import { Notice } from '../../../components/Notice.tsx'
import type { SongFilter } from '../types.ts'

export function NoSongs({ filter }: { filter: SongFilter }) {
  if (!filter.title && filter.tagId === null) {
    return (
      <Notice
        tone="plain"
        title="There are no songs yet"
        text="Fill the songbook with example songs (npm run seed), then load this page again."
      />
    )
  }
  return (
    <Notice
      tone="plain"
      title="No song fits"
      text={
        filter.title
          ? `No title here contains “${filter.title}”. Try fewer letters, or another word from the title.`
          : 'No song carries this tag at the moment.'
      }
    >
      <ButtonLink to="/">Show all songs</ButtonLink>
    </Notice>
  )
}
