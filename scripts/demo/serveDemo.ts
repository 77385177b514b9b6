import { once } from 'node:events'
import type { Session } from '../../src/features/tags/scripts/session.ts'
import { ensureBuilt } from '../app/ensureBuilt.ts'
import { serveApp } from '../app/serveApp.ts'
import { findServedFunction } from '../functions/servedFunction.ts'
import { seedUsers } from '../seed/users.ts'
import type { RunningStack } from '../stack/findRunningStack.ts'
import { checkServedApp } from './checkServedApp.ts'
import { preferably } from './openDemoStack.ts'

/** The port of `npm start`. */
const APP_PORT = 4173

/** Serves the app with its sign-ins: until it is interrupted, or for one request of its own. */
export async function serveDemo(
  stack: RunningStack,
  { isOnce }: { isOnce: boolean },
  { screen, signal }: Session,
): Promise<void> {
  screen.wait('Preparing the app')
  await ensureBuilt((message) => screen.wait(message.replace(/\.$/, '')))
  const users = await seedUsers(stack)
  const app = await serveApp({
    stack,
    findFunction: () => findServedFunction(),
    port: await preferably(APP_PORT),
  })
  try {
    const { paint } = screen.style
    screen.line(`The songbook is open at ${paint.bold.underline(app.url)}`)
    const width = Math.max(...users.map(({ email }) => email.length))
    for (const { email, password, role } of users) {
      screen.line(`  ${email.padEnd(width)}  ${password}  ${role ?? 'signed in, no role'}`)
    }
    await checkServedApp(app.url, stack.publishableKey)
    if (isOnce) {
      screen.line('The page and its songs answer.')
      return
    }
    screen.line('While it runs, try in another terminal: npm run rollback, npm run migrate')
    screen.line('Ctrl-C ends it all.')
    const lost = await (signal.aborted ? undefined : Promise.race([once(signal, 'abort'), stack.lost]))
    if (lost instanceof Error) throw lost
  } finally {
    await app.close()
  }
}
