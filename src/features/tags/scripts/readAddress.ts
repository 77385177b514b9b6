import { isLoopback } from '../../../../scripts/seed/isLoopback.ts'
import { WrongUsage } from './wrongUsage.ts'

/**
 * The address in SUPABASE_URL, if the secret key may be sent there.
 * @throws WrongUsage without quoting the address, which may hold a password
 */
export function readAddress(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : undefined
  const looks = 'It must look like https://project.supabase.co'
  if (!url || !/^https?:$/.test(url.protocol) || url.hostname === '') {
    throw new WrongUsage('SUPABASE_URL is not the address of a project.', looks)
  }
  if (url.username || url.password) {
    throw new WrongUsage('SUPABASE_URL holds a user or a password.', looks)
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    throw new WrongUsage(
      `SUPABASE_URL would send the secret key to ${url.hostname} unencrypted.`,
      'Use its https:// address.',
    )
  }
  return url
}
