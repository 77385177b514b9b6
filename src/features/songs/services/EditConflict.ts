/** Somebody else has changed the song since it was read. Nothing was written. */
export class EditConflict extends Error {
  override name = 'EditConflict'
  /** The version that the song has now; undefined when the answer did not say. */
  readonly currentVersion: number | undefined

  constructor(currentVersion: number | undefined, cause: unknown) {
    super('Somebody else has changed this song since you opened it.', { cause })
    this.currentVersion = currentVersion
  }
}
