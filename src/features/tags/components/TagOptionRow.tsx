import { Combobox } from '@base-ui/react/combobox'
import { memo } from 'react'
import { Highlighted } from '../../../components/Highlighted.tsx'
import { Icon } from '../../../components/Icon.tsx'
import { countOf } from '../../../lib/numbers.ts'
import { categoryLabel } from '../categoryLabel.ts'
import type { TagOption } from '../tagOptions.ts'
import { CategoryShape } from './CategoryShape.tsx'
import styles from './TagOptionRow.module.css'

type Props = {
  option: TagOption
  /** What the row of a new tag says. */
  newWords: string
}

/** One tag to choose: its shape, its name with what matched, why it is here, and how many songs have it. */
export const TagOptionRow = memo(function TagOptionRow({ option, newWords }: Props) {
  return (
    <Combobox.Item value={option} className={styles.row}>
      {option.kind === 'new' ? (
        <>
          <span className={styles.mark}>
            <Icon name="add" />
          </span>
          <span className={styles.text}>{newWords}</span>
        </>
      ) : (
        <>
          <span className={styles.mark}>
            <CategoryShape category={option.category} />
          </span>
          <span className={styles.text}>
            {option.kind === 'meant' && <span className={styles.why}>Did you mean </span>}
            <OptionName option={option} />
            {option.kind === 'meant' && <span className={styles.why}>?</span>}
            {option.suggestion?.via != null && (
              <span className={styles.why}>
                {' '}
                matched{' '}
                <bdi>
                  <Highlighted text={option.suggestion.via} ranges={option.suggestion.highlights} />
                </bdi>
              </span>
            )}
            <span className="visually-hidden">, {categoryLabel(option.category).toLowerCase()}</span>
          </span>
          {option.usage !== null && option.usage > 0 && (
            <span className={styles.usage}>
              <span className="visually-hidden">, </span>
              {countOf(option.usage, 'song')}
            </span>
          )}
        </>
      )}
    </Combobox.Item>
  )
})

function OptionName({ option: { name, suggestion } }: { option: TagOption }) {
  return (
    <bdi className={styles.name}>
      {suggestion === null || suggestion.via !== null ? (
        name
      ) : (
        <Highlighted text={name} ranges={suggestion.highlights} />
      )}
    </bdi>
  )
}
