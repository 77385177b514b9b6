import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { inject } from 'vitest'

declare module 'vitest' {
  interface ProvidedContext {
    /** Asked for what is made once; see `madeOnce`. */
    workshopUrl: string
  }
}

interface Workshop {
  url: string
  /** Whatever was made is made anew when it is asked for again. */
  forget(): void
  /** Resolves when nothing is being made any more. */
  close(): Promise<void>
}

/**
 * Makes something when a test file asks for it first, once for all: their workers share nothing but what answers here.
 * @param makers by name; each answers with the folder of what it has made
 */
export async function openWorkshop(makers: Record<string, () => Promise<string>>): Promise<Workshop> {
  const made = new Map<string, Promise<string>>()
  const make = (name: string) => {
    const folder = made.get(name) ?? makers[name]?.() ?? Promise.reject(new Error(`Nobody makes ${name}.`))
    made.set(name, folder)
    return folder
  }
  const server = createServer((request, response) => {
    make(request.url?.slice(1) ?? '').then(
      (folder) => response.end(folder),
      (error: unknown) => response.writeHead(500).end(error instanceof Error ? error.message : String(error)),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    forget: () => made.clear(),
    close: async () => {
      server.close()
      await Promise.allSettled(made.values())
    },
  }
}

/** The folder of what all test files share. @throws Error with the maker's own words when it could not be made */
export async function madeOnce(name: string): Promise<string> {
  const response = await fetch(`${inject('workshopUrl')}/${name}`)
  const answer = await response.text()
  if (!response.ok) throw new Error(answer)
  return answer
}
