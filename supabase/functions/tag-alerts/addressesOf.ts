/** All addresses of a host; of an address itself. Empty when it has none. */
export async function addressesOf(host: string): Promise<string[]> {
  if (/^[\d.]+$|:/.test(host)) return [host]
  const found = await Promise.allSettled([Deno.resolveDns(host, 'A'), Deno.resolveDns(host, 'AAAA')])
  return found.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []))
}
