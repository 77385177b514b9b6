import { getSupabase } from '../../../lib/supabase.ts'
import { unwrap } from '../../../lib/unwrap.ts'
import { dashboardSchema, type MetricsDashboard } from '../monitoring/dashboardSchema.ts'

/** Everything that was measured in a time. @throws ServiceError 42501 for everybody but admins */
export async function fetchMetricsDashboard(
  { from, to, steps }: { from: Date; to: Date; steps: number },
  signal: AbortSignal,
): Promise<MetricsDashboard> {
  const response = await getSupabase()
    .rpc('tag_metrics_dashboard', { p_from: from.toISOString(), p_to: to.toISOString(), p_steps: steps })
    .abortSignal(signal)
  return dashboardSchema.parse(unwrap('read the metrics', response))
}
