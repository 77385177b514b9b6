import { Button } from '../../../../../components/Button.tsx'
import { ButtonLink } from '../../../../../components/ButtonLink.tsx'
import { countOf } from '../../../../../lib/numbers.ts'
import styles from './ChosenTagsBar.module.css'

type Props = { ids: readonly string[]; onClear: () => void }

/** What can be done with the tags that are chosen, on whatever page of the list they are. */
export function ChosenTagsBar({ ids, onClear }: Props) {
  return (
    <section aria-label="Chosen tags" className={styles.bar} hidden={ids.length === 0}>
      <p role="status" className={styles.count}>
        {ids.length > 0 && `${countOf(ids.length, 'tag')} chosen`}
      </p>
      <ButtonLink to={`/admin/tags/merge?${new URLSearchParams({ from: ids.join(',') })}`}>Merge…</ButtonLink>
      <Button onClick={onClear}>Clear</Button>
    </section>
  )
}
