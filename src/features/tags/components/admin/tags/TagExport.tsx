import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '../../../../../components/Button.tsx'
import { countOf } from '../../../../../lib/numbers.ts'
import type { TagFilter } from '../../../services/tagAdminService.ts'
import { type ExportFormat, exportTags } from './exportTags.ts'
import { saveFile } from './saveFile.ts'
import styles from './TagExport.module.css'

/** Saves the tags that the filter leaves, all pages of them. */
export function TagExport({ filter }: { filter: TagFilter }) {
  const [count, setCount] = useState(0)
  const saving = useMutation({
    mutationFn: async (format: ExportFormat) => {
      setCount(0)
      const file = await exportTags(filter, format, setCount)
      saveFile(file, `tags-${new Date().toISOString().slice(0, 10)}.${format}`)
    },
    networkMode: 'always',
  })
  return (
    <div className={styles.export}>
      <span role="status" className={styles.news}>
        {saving.isPending && `${countOf(count, 'tag')} so far…`}
        {saving.isSuccess && `Saved ${countOf(count, 'tag')}.`}
        {saving.isError && 'The tags could not be saved: try again.'}
      </span>
      <Button busy={saving.isPending} onClick={() => saving.mutate('csv')}>
        Export CSV
      </Button>
      <Button busy={saving.isPending} onClick={() => saving.mutate('json')}>
        Export JSON
      </Button>
    </div>
  )
}
