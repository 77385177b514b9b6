import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { readAppFiles } from '../app/appFiles.ts'

/** A host of static files that heeds `_headers` and `_redirects`, as Cloudflare Pages and Netlify do. */
export interface StaticHost {
  url: string
  close(): Promise<void>
}

/** @param folder the built app */
export async function openStaticHost(folder: string): Promise<StaticHost> {
  const files = await readAppFiles(folder)
  const rules = parseHeaders(files.get('/_headers')?.body.toString() ?? '')
  const [from, fallback] = (files.get('/_redirects')?.body.toString() ?? '').split(/\s+/)
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://host')
    const file = files.get(pathname) ?? (from === '/*' ? files.get(fallback ?? '') : undefined)
    for (const { matches, name, value } of rules) if (matches(pathname)) response.appendHeader(name, value)
    response.writeHead(file ? 200 : 404, file ? { 'content-type': file.type } : {}).end(file?.body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => close(server),
  }
}

interface HeaderRule {
  matches(path: string): boolean
  name: string
  value: string
}

/** A path at the beginning of a line, its headers indented below it; a star stands for the rest of the path. */
function parseHeaders(text: string): HeaderRule[] {
  let matches: HeaderRule['matches'] = () => false
  return text.split('\n').flatMap((line) => {
    const [, name, value] = /^\s+([^:]+):\s*(.+)$/.exec(line) ?? []
    if (name !== undefined && value !== undefined) return [{ matches, name, value }]
    if (line.endsWith('*')) matches = (path) => path.startsWith(line.slice(0, -1))
    else if (line !== '') matches = (path) => path === line
    return []
  })
}

function close(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()))
    server.closeAllConnections()
  })
}
