/** A command line or an environment that says too little or too much: exit code 2. */
export class WrongUsage extends Error {
  override name = 'WrongUsage'
}

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
 * @throws WrongUsage when only one of the two is there, or the address is none.
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
    throw new WrongUsage(
      `Set ${apiUrl ? 'SUPABASE_SECRET_KEY' : 'SUPABASE_URL'} too, or neither for the embedded stack.`,
    )
  }
  const url = URL.canParse(apiUrl) ? new URL(apiUrl) : undefined
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new WrongUsage('SUPABASE_URL must look like https://project.supabase.co')
  }
  return { apiUrl, secretKey, name: url.host, close: async () => {} }
}
