/** Undefined where storage is blocked, and with it the way to other tabs, or where the browser knows of none. */
export function openChannel(name: string): BroadcastChannel | undefined {
  try {
    return new BroadcastChannel(name)
  } catch {
    return undefined
  }
}
