import { readAddress } from '../../src/features/tags/scripts/readAddress.ts'
import { WrongUsage } from '../../src/features/tags/scripts/wrongUsage.ts'

/** An API and the key that may grant roles. */
export interface AdminTarget {
  apiUrl: string
  secretKey: string
  /** For people. */
  name: string
  /** Stops what was started for it. */
  close(): Promise<void>
}

/**
 * The API that the environment names, or else the embedded stack, started if it does not run.
 * @param env With SUPABASE_URL and SUPABASE_SECRET_KEY (or the legacy SUPABASE_SERVICE_ROLE_KEY), or neither.
 * @throws WrongUsage when only one of the two is there, or the key may not be sent to the address.
 */
export async function openAdminTarget(
  env: Readonly<Record<string, string | undefined>>,
  onProgress: (message: string) => void,
): Promise<AdminTarget> {
  const apiUrl = env.SUPABASE_URL
  const secretKey = env.SUPABASE_SECRET_KEY || env.SUPABASE_SERVICE_ROLE_KEY
  if (!apiUrl && !secretKey) {
    // Loaded only here: the API's packages take longer to load than all the rest to run.
    const { startStack } = await import('../stack/startStack.ts')
    const stack = await startStack({ onProgress })
    return {
      apiUrl: stack.apiUrl,
      secretKey: stack.secretKey,
      name: 'the embedded stack',
      close: () => stack.stop(),
    }
  }
  if (!apiUrl || !secretKey) {
    const [there, missing] = apiUrl
      ? ['SUPABASE_URL', 'SUPABASE_SECRET_KEY']
      : ['SUPABASE_SECRET_KEY', 'SUPABASE_URL']
    throw new WrongUsage(`${there} is set alone.`, `Set ${missing} too, or neither for the embedded stack.`)
  }
  return { apiUrl, secretKey, name: readAddress(apiUrl).host, close: async () => {} }
}
