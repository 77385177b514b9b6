import { type FormEvent, useMemo, useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { Button } from '../../../../../components/Button.tsx'
import { Notice } from '../../../../../components/Notice.tsx'
import { SelectField } from '../../../../../components/SelectField.tsx'
import { TextField } from '../../../../../components/TextField.tsx'
import { categoryLabel } from '../../../categoryLabel.ts'
import { useTagSuggestions } from '../../../hooks/useTagSuggestions.ts'
import { moderationProblem } from '../../../moderationProblem.ts'
import { useCreateTag } from '../../../queries/useCreateTag.ts'
import { isTagCategory, tagCategories } from '../../../tagCategories.ts'
import type { TagCategory } from '../../../types.ts'
import { ColourField } from './ColourField.tsx'
import styles from './TagForm.module.css'

/** A custom tag before any song has it. What nearly is it already is offered instead. */
export function NewTag() {
  const navigate = useNavigate()
  const [name, setName] = useState('')
  const [category, setCategory] = useState<TagCategory>('theme')
  const [colour, setColour] = useState<string | null>(null)
  const [problem, setProblem] = useState<string>()
  const chosen = useMemo(() => new Set<string>(), [])
  const { near } = useTagSuggestions(name.trim(), chosen)
  const create = useCreateTag()

  function save(event: FormEvent): void {
    event.preventDefault()
    setProblem(name.trim() === '' ? 'A tag needs a name.' : undefined)
    if (name.trim() === '') return
    create.mutate(
      { name, category, ...(colour !== null && { colour }) },
      {
        onSuccess: ({ created, tag }) =>
          void navigate(`/admin/tags/${tag.id}`, {
            replace: true,
            state: { news: created ? 'The tag is made.' : 'There was such a tag already: this is it.' },
          }),
      },
    )
  }

  return (
    <form className={styles.form} onSubmit={save}>
      <div className={styles.row}>
        <TextField
          label="Name"
          value={name}
          maxLength={50}
          problem={problem}
          onChange={({ target }) => setName(target.value)}
        />
        <SelectField
          label="Category"
          value={category}
          onChange={({ target }) => isTagCategory(target.value) && setCategory(target.value)}
        >
          {tagCategories.map((one) => (
            <option key={one} value={one}>
              {categoryLabel(one)}
            </option>
          ))}
        </SelectField>
      </div>
      <ColourField colour={colour} onChange={setColour} />
      <p role="status" className={styles.news}>
        {near.length > 0 && (
          <>
            Nearly the same:{' '}
            {near.slice(0, 5).map(({ tag }, place) => (
              <span key={tag.id}>
                {place > 0 && ', '}
                <Link to={`/admin/tags/${tag.id}`}>{tag.name}</Link>
              </span>
            ))}
          </>
        )}
      </p>
      <div role="alert">
        {create.isError && (
          <Notice tone="problem" title="The tag was not made" text={moderationProblem(create.error)} />
        )}
      </div>
      <div>
        <Button kind="primary" type="submit" busy={create.isPending}>
          {create.isPending ? 'Making…' : 'Make tag'}
        </Button>
      </div>
    </form>
  )
}
