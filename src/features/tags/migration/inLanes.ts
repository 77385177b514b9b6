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
