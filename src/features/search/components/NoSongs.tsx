import { Button } from '../../../components/Button.tsx'
import { ButtonLink } from '../../../components/ButtonLink.tsx'
import { Notice } from '../../../components/Notice.tsx'
import { countFilters, EVERY_SONG, isNarrowed, isUpsideDown, withoutFilters } from '../search.ts'
import type { Search } from '../types.ts'
import { NearTags } from './NearTags.tsx'
import styles from './NoSongs.module.css'

type Props = { search: Search; onChange: (search: Search) => void }

/** Nothing was found: why that may be, and the ways on. */
export function NoSongs({ search, onChange }: Props) {
  if (!isNarrowed(search)) {
    return (
      <Notice
        tone="plain"
        title="There are no songs yet"
        text="Fill the songbook with example songs (npm run seed), then load this page again."
      />
    )
  }
  const filters = countFilters(search)
  return (
    <div className={styles.none}>
      <Notice tone="plain" title="No song fits" text={whatToDo(search)}>
        {search.text !== '' && filters > 0 && (
          <Button onClick={() => onChange(withoutFilters(search))}>Search without filters</Button>
        )}
        <ButtonLink to="/">Show all songs</ButtonLink>
      </Notice>
      {search.text !== '' && (
        <NearTags
          text={search.text}
          onChoose={(id) => onChange({ ...EVERY_SONG, sort: search.sort, all: [id] })}
        />
      )}
    </div>
  )
}

function whatToDo(search: Search): string {
  if (isUpsideDown(search.difficulty))
    return 'The range of difficulties is upside down: it begins above its end.'
  if (isUpsideDown(search.tempo)) return 'The range of tempos is upside down: it begins above its end.'
  const { text } = search
  const shown = text.length > 60 ? `${text.slice(0, 60).toWellFormed()}…` : text
  if (text === '') return 'No song has all of this at once. Take off one of the filters above.'
  if (countFilters(search) > 0)
    return `No song with these filters has “${shown}”. Take off a filter, or try another word.`
  return `Neither a title, an artist nor the lyrics have “${shown}”. Try fewer words, or another one.`
}
