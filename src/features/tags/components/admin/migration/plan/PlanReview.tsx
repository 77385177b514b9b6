import { useMemo, useRef, useState } from 'react'
import { countOf } from '../../../../../../lib/numbers.ts'
import { useLeaveGuard } from '../../../../../../lib/useLeaveGuard.ts'
import { appliedTags } from '../../../../migration/plan.ts'
import { isOpen } from '../../../../migration/planDecisions.ts'
import type { MadePlan } from '../../../../queries/migration/madePlan.ts'
import { NamesDialog } from './NamesDialog.tsx'
import { PlanDetail } from './PlanDetail.tsx'
import { PlanFacts } from './PlanFacts.tsx'
import { PlanFileActions } from './PlanFileActions.tsx'
import { PlanFilterBar } from './PlanFilterBar.tsx'
import { PlanGrid } from './PlanGrid.tsx'
import styles from './PlanReview.module.css'
import { PlanStart } from './PlanStart.tsx'
import type { PlanDeed } from './planKeys.ts'
import { type PlanFilter, PlanLister } from './planRows.ts'
import { usePlanReview } from './usePlanReview.ts'
import { useSelection } from './useSelection.ts'

/** Every theme and what becomes of it, decided one by one or many at once. Nothing is written before a run starts. */
export function PlanReview({ made }: { made: MadePlan }) {
  const { plan, survey } = made
  const review = usePlanReview(made)
  useLeaveGuard(!review.isKept)
  const [filter, setFilter] = useState<PlanFilter>({ text: '', group: 'all', order: 'review' })
  const lister = useMemo(() => new PlanLister(plan.entries), [plan])
  // Listed anew when a person says so. What a decision takes out of the filter stays: a list must not move under the hand.
  const [rows, setRows] = useState(() => lister.rows(filter, review.now))
  const [asking, setAsking] = useState<'change' | 'rename' | null>(null)
  const [said, setSaid] = useState(
    review.fromBefore > 0
      ? `${countOf(review.fromBefore, 'decision')} from before ${review.fromBefore === 1 ? 'is' : 'are'} here again.`
      : '',
  )
  const place = useRef<HTMLDivElement>(null)
  const selection = useSelection(rows)
  const chosen = useMemo(
    () =>
      selection.chosen.size === 0
        ? []
        : plan.entries.filter(({ rawTheme }) => selection.chosen.has(rawTheme)),
    [plan, selection.chosen],
  )
  const current = rows[selection.active]
  const subject = chosen.length > 0 ? chosen : current ? [current] : []
  const first = subject[0] && review.now(subject[0])
  const say = (what: string, themes: number) =>
    setSaid(themes === 0 ? 'Nothing to decide there.' : `${what}: ${countOf(themes, 'theme')}.`)

  const decide = (deed: PlanDeed) => {
    if (deed === 'accept') say('Accepted', review.accept(subject))
    else if (deed === 'keep') say('Kept as tags of their own', review.keep(subject))
    else if (deed === 'undo') {
      if (review.canUndo) review.undo()
      setSaid(review.canUndo ? 'Undone.' : 'There is nothing to undo.')
    } else if (deed === 'category') place.current?.querySelector('select')?.focus()
    else if (first !== undefined && isOpen(first)) setAsking(deed)
  }
  const close = () => setAsking(null)
  const [tag = ''] = first === undefined ? [] : appliedTags(first)
  return (
    <div className={styles.review}>
      <PlanFacts effect={review.effect} survey={survey} />
      <div className={styles.actions}>
        <PlanStart review={review} />
        <PlanFileActions review={review} survey={survey} onSaid={setSaid} />
      </div>
      <PlanFilterBar
        filter={filter}
        onChange={(wanted) => {
          setFilter(wanted)
          setRows(lister.rows(wanted, review.now))
        }}
        toReview={review.effect.toReview}
        decided={review.decisions.size}
      />
      <div className={styles.list}>
        <PlanGrid rows={rows} review={review} selection={selection} onDeed={decide} />
        <p role="status" className={styles.said}>
          {said}
        </p>
        <div ref={place}>
          <PlanDetail entries={subject} review={review} onDeed={decide} />
        </div>
      </div>
      {rows.length === 0 && <p className={styles.empty}>No theme is like that. Show all of them again.</p>}
      {asking === 'change' && first !== undefined && (
        <NamesDialog
          title={subject.length === 1 ? `What becomes of “${first.rawTheme}”` : `What they become`}
          text={`Of ${countOf(subject.length, 'theme')}. With several tags a song gets all of them.`}
          names={subject.length > 1 ? [] : (first.proposal ?? appliedTags(first))}
          areSeveral
          verb="Change"
          review={review}
          onClose={close}
          onDecide={(names) => {
            close()
            say('Changed', review.become(subject, names))
          }}
        />
      )}
      {asking === 'rename' && tag !== '' && (
        <NamesDialog
          title={`Rename the tag “${tag}”`}
          text="Whatever becomes that tag becomes the renamed one."
          names={[tag]}
          areSeveral={false}
          verb="Rename"
          review={review}
          onClose={close}
          onDecide={([name = tag]) => {
            close()
            say('Renamed', review.rename(tag, name))
          }}
        />
      )}
    </div>
  )
}
