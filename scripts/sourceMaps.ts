import { parseArgs } from 'node:util'
import { distFolder } from './app/serveApp.ts'
import { runSentryCli, shipSourceMaps } from './app/shipSourceMaps.ts'

const { values } = parseArgs({ options: { folder: { type: 'string', default: distFolder } } })
const { SENTRY_AUTH_TOKEN: token, VITE_SENTRY_RELEASE: release } = process.env
const destination = token && release ? { sentryCli: runSentryCli, release } : undefined
const { maps, isSent } = await shipSourceMaps(values.folder, destination)
if (isSent) console.log(`Sent ${maps} source maps to Sentry as release ${release} and deleted them.`)
else {
  const why = !token
    ? 'SENTRY_AUTH_TOKEN is not set'
    : release
      ? 'the build made no source maps'
      : 'VITE_SENTRY_RELEASE, the release of the build, is not set'
  console.log(`Nothing was sent: ${why}. Deleted ${maps}.`)
  // Whoever has a token wants them to be there.
  if (token) process.exitCode = 1
}
