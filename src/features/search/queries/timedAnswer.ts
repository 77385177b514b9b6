import { timings } from '../../monitoring/index.ts'

type Load<Answer> = (signal: AbortSignal) => Promise<Answer>

/**
 * Notes how long an answer took that a storage had. One that the server gave is timed where it is asked.
 * @param load asks the server
 * @param read gives the answer, from a storage or by loading it
 */
export async function timedAnswer<Answer>(
  load: Load<Answer>,
  read: (load: Load<Answer>) => Promise<Answer>,
): Promise<Answer> {
  const start = performance.now()
  let loaded: Answer | undefined
  const answer = await read(async (signal) => {
    const given = await load(signal)
    loaded = given
    return given
  })
  // What is stale is given at once as well, and loaded meanwhile.
  if (answer !== loaded) {
    timings.send({ metric: 'songs.search', label: 'storage', ms: performance.now() - start, failed: false })
  }
  return answer
}
