import type { ReactNode } from 'react'
import { type UseFormReturn, useController } from 'react-hook-form'
import { Button } from '../../../components/Button.tsx'
import { TextArea } from '../../../components/TextArea.tsx'
import { TextField } from '../../../components/TextField.tsx'
import { TagInput } from '../../tags/index.ts'
import type { SongFormValues } from '../songFormSchema.ts'
import styles from './SongForm.module.css'

type Props = {
  form: UseFormReturn<SongFormValues>
  onSave: (values: SongFormValues) => void
  /** Takes back everything that was typed; undefined when nothing was. */
  onDiscard: (() => void) | undefined
  saveLabel: string
  busy: boolean
  /** What happened when it was saved. */
  children: ReactNode
}

export function SongForm({ form, onSave, onDiscard, saveLabel, busy, children }: Props) {
  const { control, register, handleSubmit, formState } = form
  const tags = useController({ control, name: 'tags' }).field
  const tagText = useController({ control, name: 'tagText' }).field
  const { errors } = formState
  return (
    <form
      className={styles.form}
      // The schema says what is wrong, in our words.
      noValidate
      onSubmit={(event) => void handleSubmit(onSave)(event)}
    >
      <TextField
        label="Title"
        autoComplete="off"
        required
        problem={errors.title?.message}
        {...register('title')}
      />
      <TextField label="Artist" autoComplete="off" problem={errors.artist?.message} {...register('artist')} />
      <TagInput
        label="Tags"
        value={tags.value}
        onChange={tags.onChange}
        text={tagText.value}
        onTextChange={tagText.onChange}
        inputRef={tagText.ref}
        problem={errors.tagText?.message}
      />
      <TextArea label="Lyrics" problem={errors.lyrics?.message} {...register('lyrics')} />
      <div role="alert">{children}</div>
      <div className={styles.actions}>
        <Button kind="primary" type="submit" busy={busy}>
          {busy ? 'Saving…' : saveLabel}
        </Button>
        {onDiscard && !busy && <Button onClick={onDiscard}>Discard changes</Button>}
      </div>
    </form>
  )
}
