import { randomBytes } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { SeededRandom } from '../seed/seededRandom.ts'
import type { OwnTag } from './ownTags.ts'
import { makeOwnTags, readLinks } from './ownTags.ts'
import { type CacheReads, type Left, livePerson } from './person.ts'
import { type LoadTarget, type SignIn, serviceClient, signUpPeople } from './signIns.ts'
import { Timings } from './timings.ts'
import { MemoryTrack, ownMemory } from './watchMemory.ts'

interface LoadOptions {
  target: LoadTarget
  users: number
  /** How long people use the songbook; ms. */
  durationMs: number
  /** Longest pause between two things that one of them does; ms. */
  thinkMs: number
  /** Of the target's servers, where they are on this machine. */
  serverPid?: number | undefined
  /** What goes on meanwhile; begun when everybody is there. */
  meanwhile?: (
    people: readonly SignIn[],
    together: { timings: Timings; signal: AbortSignal },
  ) => Promise<void>
  report: (message: string) => void
}

/** What everybody saw. */
export interface LoadReport {
  timings: Timings
  /** Of all people together. */
  reads: CacheReads
  edits: number
  /** Edits that the server had confirmed and that are not there at the end: song and tag. */
  lost: string[]
  serverMemory: MemoryTrack
}

const SAMPLE_MS = 2000

/** Has people use the songbook for a while, and compares at the end what they were told with what is there. */
export async function runLoad(options: LoadOptions): Promise<LoadReport> {
  const { target, users, durationMs, thinkMs, serverPid, meanwhile, report } = options
  const service = serviceClient(target)
  const run = randomBytes(3).toString('hex')
  report(`Signing ${users} people up…`)
  const people = await signUpPeople(target, users)
  const ownTags = await makeOwnTags(service, users, run)

  report('They come…')
  const timings = new Timings()
  const serverMemory = new MemoryTrack()
  const over = new AbortController()
  const end = setTimeout(() => over.abort(), durationMs)
  const { signal } = over
  const watched = watchServer(serverPid, serverMemory, signal)
  const others = meanwhile?.(people, { timings, signal })
  // A tenth of the time, at most half a minute, until everybody is there: a church does not open one door for all at once.
  const rampMs = Math.min(30_000, durationMs / 10)
  const visits = people.map(async (who, place): Promise<Left> => {
    await delay((rampMs * place) / users)
    return livePerson({
      ...target,
      who,
      random: new SeededRandom(`load/${place}`),
      timings,
      ownTags: ownTags[place] ?? [],
      thinkMs,
      signal,
    })
  })
  const left = await Promise.all(visits)
  clearTimeout(end)
  over.abort()
  await Promise.all([watched, others])

  report('Comparing what people were told with what is there…')
  return {
    timings,
    reads: {
      tags: addedUp(left.map(({ reads }) => reads.tags)),
      answers: addedUp(left.map(({ reads }) => reads.answers)),
    },
    edits: sum(left, ({ log }) => log.size),
    lost: await lostEdits(left, ownTags, service),
    serverMemory,
  }
}

async function lostEdits(
  left: readonly Left[],
  ownTags: readonly OwnTag[][],
  service: ReturnType<typeof serviceClient>,
): Promise<string[]> {
  const links = await readLinks(service, ownTags.flat())
  return left.flatMap(({ log }) => log.lost(links))
}

async function watchServer(pid: number | undefined, track: MemoryTrack, signal: AbortSignal): Promise<void> {
  while (pid !== undefined && !signal.aborted) {
    const bytes = await ownMemory(pid)
    if (bytes === null) return
    track.add(bytes)
    await delay(SAMPLE_MS, undefined, { signal }).catch(() => undefined)
  }
}

function addedUp(reads: readonly CacheReads['tags'][]): CacheReads['tags'] {
  return { answered: sum(reads, ({ answered }) => answered), missed: sum(reads, ({ missed }) => missed) }
}

function sum<T>(items: readonly T[], number: (item: T) => number): number {
  return items.reduce((total, item) => total + number(item), 0)
}
