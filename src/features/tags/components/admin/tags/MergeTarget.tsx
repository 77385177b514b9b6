import { useState } from 'react'
import { SearchField } from '../../../../../components/SearchField.tsx'
import { Skeleton } from '../../../../../components/Skeleton.tsx'
import { useFoundTags } from '../../../queries/admin/foundTags.ts'
import type { MergePreview } from '../../../services/adminTag.ts'
import { MergeChoice } from './MergeChoice.tsx'
import styles from './MergeTarget.module.css'
import { Section } from './Section.tsx'

type Props = {
  /** The tags to merge; undefined while they are not known. */
  chosen: MergePreview['from'] | undefined
  into: string | null
  onChange: (into: string) => void
}

/** Which tag stays: one of the chosen ones, or any other. */
export function MergeTarget({ chosen, into, onChange }: Props) {
  const [query, setQuery] = useState('')
  const found = useFoundTags(query)
  const others = (found.data ?? []).filter(({ id }) => !chosen?.some((tag) => tag.id === id))
  const [kept, setKept] = useState<(typeof others)[number]>()
  // What was chosen stays to be seen when the search goes on.
  const shown = kept !== undefined && kept.id === into && !others.includes(kept) ? [kept, ...others] : others
  // Nor does the list move under whoever has come to it while an answer was still on its way.
  const [held, setHeld] = useState<typeof others>()
  const isAlone = chosen?.length === 1

  return (
    <Section title={isAlone ? `Which tag does “${chosen[0]?.name}” mean the same as?` : 'Which tag stays?'}>
      <fieldset className={styles.choices}>
        <legend className="visually-hidden">The tag that stays</legend>
        {chosen === undefined && <Skeleton width="14rem" />}
        {!isAlone &&
          chosen?.map((tag) => (
            <MergeChoice key={tag.id} tag={tag} checked={into === tag.id} onChoose={() => onChange(tag.id)} />
          ))}
        <SearchField
          label={isAlone ? 'Find that tag' : 'Or find another tag'}
          value={query}
          busy={found.isPlaceholderData || found.isLoading}
          onSearch={setQuery}
          onFocus={() => setHeld(undefined)}
        />
        {(held ?? shown).map((tag) => (
          <MergeChoice
            key={tag.id}
            tag={tag}
            checked={into === tag.id}
            onFocus={() => setHeld(held ?? shown)}
            onChoose={() => {
              setKept(tag)
              onChange(tag.id)
            }}
          />
        ))}
        <p role="status" className={styles.quiet}>
          {query !== '' && found.data?.length === 0 && 'No tag has a name like this.'}
        </p>
      </fieldset>
    </Section>
  )
}
