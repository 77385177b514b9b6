import { DataTable } from '../../../../../components/DataTable.tsx'
import { Notice } from '../../../../../components/Notice.tsx'
import { count } from '../../../../../lib/numbers.ts'
import { moderationProblem } from '../../../moderationProblem.ts'
import type { MetricsDashboard } from '../../../monitoring/dashboardSchema.ts'
import { useAddSynonym } from '../../../queries/admin/useAddSynonym.ts'
import { Panel } from './Panel.tsx'
import { SynonymProposal } from './SynonymProposal.tsx'
import styles from './UnfoundSearches.module.css'

const TITLE = 'Searches that found nothing'
const columns = ['Text', 'Without result', 'Nearest tag']

/** What several people searched for in vain, each with the tag that they may have meant. */
export function UnfoundSearches({ unfound }: Pick<MetricsDashboard['searches'], 'unfound'>) {
  const adding = useAddSynonym()
  return (
    <Panel
      title={TITLE}
      about="The nearest tag may want the text as a synonym."
      file="searches-without-result"
      figures={{
        columns,
        rows: unfound.map(({ text, unfound: times, nearest }) => [text, times, nearest?.name ?? null]),
      }}
    >
      <p role="status" className={styles.news}>
        {adding.isSuccess && (
          <>
            <bdi>{adding.variables.tag.name}</bdi> has the synonym “<bdi>{adding.variables.synonym}</bdi>”
            now.
          </>
        )}
      </p>
      <div role="alert">
        {adding.isError && (
          <Notice tone="problem" title="The synonym was not added" text={moderationProblem(adding.error)} />
        )}
      </div>
      <DataTable
        label={TITLE}
        columns={columns}
        empty="Every search that several people made has found something."
        rows={unfound.map(({ text, unfound: times, nearest }) => ({
          key: text,
          cells: [
            text,
            count(times),
            <SynonymProposal
              key="proposal"
              text={text}
              nearest={nearest}
              busy={adding.isPending}
              onAdd={(tag) => adding.mutate({ tag, synonym: text })}
            />,
          ],
        }))}
      />
    </Panel>
  )
}
