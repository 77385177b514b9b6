/**
 * Runs the lanes side by side and waits for all of them, so that nothing goes on behind a failure.
 * @param lanes each is told to end early by `halted`, which is set as soon as another one has failed
 * @throws the first failure
 */
export async function inLanes(lanes: readonly ((halted: () => boolean) => Promise<void>)[]): Promise<void> {
  let failure: { error: unknown } | undefined
  await Promise.all(
    lanes.map(async (lane) => {
      try {
        await lane(() => failure !== undefined)
      } catch (error) {
        failure ??= { error }
      }
    }),
  )
  if (failure !== undefined) throw failure.error
}

/**
 * Where each lane begins and ends when the ids, which are uuids, are shared out evenly. Comparing them as text orders
 * them as Postgres does.
 */
export function shareOutIds(lanes: number): { after: string; until: string | null }[] {
  const bounds = Array.from({ length: lanes }, (_, lane) => {
    const prefix = Math.floor((lane * 0x1_0000_0000) / lanes)
      .toString(16)
      .padStart(8, '0')
    return `${prefix}-0000-0000-0000-000000000000`
  })
  return bounds.map((after, lane) => ({ after, until: bounds[lane + 1] ?? null }))
}
