/** The address of a Sentry project, as Sentry shows it: https://KEY@HOST/NUMBER. */
export const SENTRY_DSN = /^https?:\/\/[^@/]+@[^/]+\/(.+\/)?\d+$/
