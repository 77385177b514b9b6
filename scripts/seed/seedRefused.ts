/** Nothing was changed, since a person has to decide or mend something first; the message says what. */
export class SeedRefused extends Error {
  override name = 'SeedRefused'
}
