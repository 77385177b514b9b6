import { scrubAddress } from './scrubAddress.ts'

/** Characters that a message keeps. */
const LONGEST = 500

const addresses = /\b(?:https?|wss?|blob|file):\/\/[^\s"'<>()]+/g

// Whatever stands between the first and the last quotation mark goes: what is quoted may hold such marks itself.
const rules: readonly (readonly [pattern: RegExp, replacement: string])[] = [
  // The section of the runbook that helps with an alert is nobody's word, and is what the alert is for.
  [/(?<=\/[\w./:-]*)(?!(?<=docs\/monitoring\.md)#[a-z-]+(?!\S))[?#][^\s"'<>()]*/g, ''],
  [/\beyJ[\w-]*\.[\w-]*\.[\w-]*/g, '[token]'],
  [/\bsb_(?:secret|publishable)_[\w-]+/g, '[token]'],
  [/\bBearer\s+\S+/gi, '[token]'],
  [/[^\s"'<>()[\]=:,;“”]+@[^\s"'<>()[\]=:,;“”]+/g, '[email]'],
  // Postgres: Key (normalized_name)=(grace) already exists.
  [/=\(.*\)/gs, '=[text]'],
  [/["“`].*["”`]/gs, '[text]'],
  // The apostrophe of “can’t” opens nothing.
  [/(?<!\w)['‘].*['’](?!\w)/gs, '[text]'],
  // Cut off before its end.
  [/["“`].*$/gs, '[text]'],
]

/** A message without what it quotes, and without addresses' queries, e-mail addresses, keys and tokens. */
export function scrubText(text: string): string {
  const scrubbed = rules.reduce(
    (rest, [pattern, replacement]) => rest.replace(pattern, replacement),
    text.replace(addresses, scrubAddress),
  )
  return scrubbed.slice(0, LONGEST)
}
