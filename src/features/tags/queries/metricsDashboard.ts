import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query'
import { type DashboardTime, periodOf } from '../monitoring/dashboardTimes.ts'
import { fetchMetricsDashboard } from '../services/metricsDashboardService.ts'
import { tagKeys } from './tagKeys.ts'

function metricsDashboardQuery(time: DashboardTime) {
  return queryOptions({
    queryKey: [...tagKeys.admin(), 'metrics', time],
    queryFn: ({ signal }) => fetchMetricsDashboard(periodOf(time, Date.now()), signal),
  })
}

/** What was measured. While another time is on its way, the last one stays to be read. @param everyMs false for never */
export function useMetricsDashboard(time: DashboardTime, everyMs: number | false) {
  return useQuery({
    ...metricsDashboardQuery(time),
    placeholderData: keepPreviousData,
    refetchInterval: everyMs,
  })
}
