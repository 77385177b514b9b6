/** Keys by their form: Supabase's secret keys, and signed tokens. */
const KEY_FORMS = /sb_secret_[\w-]+|eyJ[\w-]+\.[\w-]+\.[\w-]+/g
/** The password in an address. */
const PASSWORD = /(\/\/[^\s/:@]*:)[^\s/@]+@/g

/** Takes keys and passwords out of what is about to be shown. @param secrets further texts that nobody may see */
export function redact(text: string, secrets: Iterable<string> = []): string {
  let safe = text
  for (const secret of secrets) if (secret.length >= 6) safe = safe.replaceAll(secret, '[key]')
  return safe.replace(KEY_FORMS, '[key]').replace(PASSWORD, '$1[password]@')
}
