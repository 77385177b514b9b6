/** Serialization failure and deadlock: the database took one of two back, and did nothing of it. */
const TAKEN_BACK = new Set(['40001', '40P01'])

/** Asks again, once, when the database took the statement back in favour of somebody else's. */
export async function retryOnce<Answer extends { error: { code: string } | null }>(
  ask: () => PromiseLike<Answer>,
): Promise<Answer> {
  const answer = await ask()
  return answer.error !== null && TAKEN_BACK.has(answer.error.code) ? ask() : answer
}
