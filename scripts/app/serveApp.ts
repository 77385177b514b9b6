import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { join } from 'node:path'
import { describePortHolder } from '../stack/portHolder.ts'
import { projectRoot } from '../stack/project.ts'
import { hasCode, StackProblem } from '../stack/stackProblem.ts'
import { type AppFile, readAppFiles } from './appFiles.ts'
import { ASK_EACH_TIME, FOREVER } from './cacheControl.ts'
import { configuredPage } from './configuredPage.ts'
import { answerNoFunction, isApiPath, isFunctionPath, proxyToApi } from './proxyToApi.ts'
import { securityHeaders } from './securityHeaders.ts'

/** Where `npm run build` puts the app. */
export const distFolder = join(projectRoot, 'dist')

export interface ServeAppOptions {
  /** The Supabase that the app works against. */
  stack: { apiUrl: string; publishableKey: string }
  /** Where the edge function is served, asked for with every call of it; nowhere when left out. */
  findFunction?: () => Promise<string | undefined>
  /** 0 for any free one. */
  port: number
  /** The built app; `dist` when left out. */
  folder?: string
  /** Where errors and traces go; nowhere when left out, whatever the build was given. */
  sentry?: SentryOptions | undefined
}

interface SentryOptions {
  dsn: string
  /** Share of page loads and calls that are traced; 0 to 1. */
  traces?: number
}

export interface ServedApp {
  url: string
  port: number
  close(): Promise<void>
}

/**
 * Serves the built app on 127.0.0.1, and the stack's API under the same origin: no CORS, a strict CSP, and the page's
 * configuration never has to know a port.
 *
 * @throws StackProblem when the port is taken: by whom, and what to do
 */
export async function serveApp({
  stack,
  findFunction,
  port,
  folder = distFolder,
  sentry,
}: ServeAppOptions): Promise<ServedApp> {
  const files = await readAppFiles(folder)
  const page = files.get('/index.html')
  if (!page) throw new Error(`There is no built app in ${folder}. Build it: npm run build`)
  const html = configuredPage(page.body.toString(), {
    VITE_SUPABASE_URL: '/',
    VITE_SUPABASE_PUBLISHABLE_KEY: stack.publishableKey,
    VITE_SENTRY_DSN: sentry?.dsn ?? '',
    VITE_SENTRY_TRACES: String(sentry?.traces ?? ''),
  })
  const headers = securityHeaders({ sentryDsn: sentry?.dsn })
  files.set('/index.html', { ...page, body: Buffer.from(html) })

  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://app').pathname
    if (isApiPath(path)) proxyToApi(stack.apiUrl, request, response)
    else if (isFunctionPath(path)) void callFunction(findFunction, request, response)
    else answerFile(files, headers, path, request, response)
  })
  const address = await listen(server, port).catch(async (error: unknown) => {
    if (!hasCode(error, 'EADDRINUSE')) throw error
    throw new StackProblem(await describePortHolder(port, '--port'))
  })
  return { url: `http://127.0.0.1:${address}`, port: address, close: () => close(server) }
}

async function callFunction(
  findFunction: ServeAppOptions['findFunction'],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = await findFunction?.()
  if (url === undefined) answerNoFunction(response)
  else proxyToApi(url, request, response)
}

function answerFile(
  files: Map<string, AppFile>,
  headers: Record<string, string>,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.writeHead(405, { ...headers, allow: 'GET, HEAD' }).end()
    return
  }
  // A page of the app has no dot in its address; a missing file must not be answered with a page.
  const isPage = path === '/' || !/\.[a-z0-9]+$/i.test(path)
  const file = files.get(isPage ? '/index.html' : path)
  if (!file) {
    response.writeHead(404, { ...headers, 'content-type': 'text/plain' }).end('Not found\n')
    return
  }
  response.writeHead(200, {
    ...headers,
    'content-type': file.type,
    'content-length': file.body.length,
    'cache-control': path.startsWith('/assets/') ? FOREVER : ASK_EACH_TIME,
  })
  response.end(request.method === 'HEAD' ? undefined : file.body)
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : port)
    })
  })
}

function close(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()))
    // A browser keeps its connections open for minutes; nothing here is worth waiting for.
    server.closeAllConnections()
  })
}
