import { type FormEvent, useState } from 'react'
import { Button } from '../../../../../components/Button.tsx'
import { Notice } from '../../../../../components/Notice.tsx'
import { SelectField } from '../../../../../components/SelectField.tsx'
import { TextField } from '../../../../../components/TextField.tsx'
import { categoryLabel } from '../../../categoryLabel.ts'
import { moderationProblem } from '../../../moderationProblem.ts'
import { useEditTag } from '../../../queries/admin/useEditTag.ts'
import type { TagDetails } from '../../../services/adminTag.ts'
import { isTagCategory, tagCategories } from '../../../tagCategories.ts'
import { ColourField } from './ColourField.tsx'
import { Section } from './Section.tsx'
import { SynonymsField } from './SynonymsField.tsx'
import styles from './TagForm.module.css'
import { useTagDraft } from './useTagDraft.ts'

/** A tag's name, category, colour and synonyms: saved together, or not at all. */
export function TagForm({ tag }: { tag: TagDetails }) {
  const { draft, change, changes, seen, wasChanged } = useTagDraft(tag)
  const [synonym, setSynonym] = useState('')
  const [problem, setProblem] = useState<string>()
  const edit = useEditTag()

  function save(event: FormEvent): void {
    event.preventDefault()
    setProblem(undefined)
    if (draft.name.trim() === '') setProblem('A tag needs a name.')
    else if (synonym.trim() !== '') setProblem('Add the synonym that is in the field, or empty the field.')
    else if (changes !== null) edit.mutate({ id: tag.id, seen, changes })
  }

  return (
    <Section title="Name and look">
      <form className={styles.form} onSubmit={save}>
        <div className={styles.row}>
          <TextField
            label="Name"
            value={draft.name}
            maxLength={50}
            onChange={({ target }) => change({ name: target.value })}
          />
          <SelectField
            label="Category"
            value={draft.category}
            onChange={({ target }) => isTagCategory(target.value) && change({ category: target.value })}
          >
            {tagCategories.map((category) => (
              <option key={category} value={category}>
                {categoryLabel(category)}
              </option>
            ))}
          </SelectField>
        </div>
        <ColourField colour={draft.colour} onChange={(colour) => change({ colour })} />
        <SynonymsField
          synonyms={draft.synonyms}
          text={synonym}
          onText={setSynonym}
          onChange={(synonyms) => change({ synonyms })}
        />
        {(tag.needsReview || draft.needsReview) && (
          <label className={styles.check}>
            <input
              type="checkbox"
              checked={draft.needsReview}
              onChange={({ target }) => change({ needsReview: target.checked })}
            />
            Still to review: the migration made it, and nobody has decided on it
          </label>
        )}
        <div role="alert">
          {problem !== undefined && <p className={styles.problem}>{problem}</p>}
          {edit.isError && (
            <Notice tone="problem" title="The tag was not saved" text={moderationProblem(edit.error)} />
          )}
        </div>
        <p role="status" className={styles.news}>
          {wasChanged && changes !== null
            ? 'Somebody else has changed this tag meanwhile. Where you had written nothing, the form shows what they saved.'
            : edit.isSuccess && changes === null && 'Saved.'}
        </p>
        <div>
          <Button
            kind="primary"
            type="submit"
            busy={edit.isPending}
            unavailable={changes === null && synonym === ''}
          >
            {edit.isPending ? 'Saving…' : 'Save'}
          </Button>
        </div>
      </form>
    </Section>
  )
}
