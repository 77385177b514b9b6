import type { Settings } from './settings.ts'

/** The text with each of the function's secrets blotted out: the last door before an answer or a log. */
export function withoutSecrets(text: string, { secretKey, scheduleSecret }: Settings): string {
  return [secretKey, scheduleSecret].reduce<string>(
    (clean, secret) => (secret === null ? clean : clean.replaceAll(secret, '…')),
    text,
  )
}
