import { Combobox } from '@base-ui/react/combobox'
import { memo } from 'react'
import { Icon } from '../../../components/Icon.tsx'
import { categoryLabel } from '../categoryLabel.ts'
import type { ChosenTag } from '../types.ts'
import { CategoryShape } from './CategoryShape.tsx'
import styles from './ChosenTagChip.module.css'
import chip from './chip.module.css'

type Props = {
  tag: ChosenTag
  /** Not on the server yet. */
  pending: boolean
}

/** A tag in the field, which its button or the Backspace key takes out. */
export const ChosenTagChip = memo(function ChosenTagChip({ tag, pending }: Props) {
  return (
    <Combobox.Chip
      className={`${chip.chip} ${chip[tag.category]} ${styles.chosen} ${pending ? styles.pending : ''}`}
      title={pending ? 'Not saved yet' : undefined}
    >
      <CategoryShape category={tag.category} />
      <bdi className={chip.name}>{tag.name}</bdi>
      <span className="visually-hidden">
        , {tag.id === null ? 'new tag' : categoryLabel(tag.category).toLowerCase()}
        {pending && ', not saved yet'}
      </span>
      <Combobox.ChipRemove className={styles.remove} aria-label={`Remove ${tag.name}`}>
        <Icon name="close" />
      </Combobox.ChipRemove>
    </Combobox.Chip>
  )
})
