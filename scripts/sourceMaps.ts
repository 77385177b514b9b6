import { parseArgs } from 'node:util'
import { distFolder } from './app/serveApp.ts'
import { runSentryCli, shipSourceMaps } from './app/shipSourceMaps.ts'

const { values } = parseArgs({ options: { folder: { type: 'string', default: distFolder } } })
const token = process.env.SENTRY_AUTH_TOKEN
const { maps, isSent } = await shipSourceMaps(values.folder, token ? runSentryCli : undefined)
console.log(
  isSent
    ? `Sent ${maps} source maps to Sentry and deleted them.`
    : `Nothing was sent: ${token ? 'the build made no source maps' : 'SENTRY_AUTH_TOKEN is not set'}. Deleted ${maps}.`,
)
