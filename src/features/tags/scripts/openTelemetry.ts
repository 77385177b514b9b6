import { SENTRY_DSN } from '../../../lib/sentryDsn.ts'
import type { MigrationTelemetry } from '../monitoring/migrationTelemetry.ts'
import type { Session } from './session.ts'
import { WrongUsage } from './wrongUsage.ts'

/** What tells Sentry of the work, where `SENTRY_DSN` is set. Without it nothing is loaded for it. @throws WrongUsage */
export async function openTelemetry({ env, keepSecret }: Session): Promise<MigrationTelemetry | undefined> {
  const dsn = env.SENTRY_DSN?.trim()
  if (!dsn) return undefined
  keepSecret(dsn)
  if (!SENTRY_DSN.test(dsn)) {
    throw new WrongUsage(
      'SENTRY_DSN is not the address of a Sentry project.',
      'It looks like https://KEY@HOST/NUMBER',
    )
  }
  const [sdk, { sentryServerOptions }, { MigrationTelemetry }] = await Promise.all([
    import('@sentry/node'),
    import('../monitoring/sentrySdk.ts'),
    import('../monitoring/migrationTelemetry.ts'),
  ])
  const environment = env.SENTRY_ENVIRONMENT ?? 'production'
  sdk.init(sentryServerOptions({ dsn, environment, worker: 'command' }))
  return new MigrationTelemetry(sdk, 'command')
}
