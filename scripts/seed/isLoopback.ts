import { BlockList } from 'node:net'

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8, 'ipv4')
loopback.addAddress('::1', 'ipv6')

/** Whether a host name, as `URL.hostname` gives it, can only mean this machine. */
export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '')
  // Not every name that resolves here today: DNS may answer differently tomorrow.
  return bare === 'localhost' || loopback.check(bare) || loopback.check(bare, 'ipv6')
}
