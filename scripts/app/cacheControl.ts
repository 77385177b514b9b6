/** Of files in assets, which carry their content's hash in the name. */
export const FOREVER = 'public, max-age=31536000, immutable'

/** Of all others: kept, but asked about each time. */
export const ASK_EACH_TIME = 'no-cache'
