import type { ReactNode } from 'react'
import { Notice } from '../../../../../components/Notice.tsx'
import { explainFailure } from './explainFailure.ts'

type Props = { title: string; error: unknown; children?: ReactNode }

/** What happened, what is safe, what to do next. Announced. */
export function FailureNotice({ title, error, children }: Props) {
  return (
    <div role="alert">
      <Notice tone="problem" title={title} text={explainFailure(error)}>
        {children}
      </Notice>
    </div>
  )
}
