/** First address and length of prefix of what is not the open internet: RFC 6890, multicast, and what hides another address. */
const closedRanges: readonly (readonly [first: string, bits: number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
]

/** Of IPv6 only what is given out: 2000::/3, without documentation and without tunnels to IPv4. */
const openIpv6 = /^[23]/
const closedIpv6 = /^(?:2001:0?db8:|2001:0{0,3}:|2001::|2002:|3fff:)/

/** Whether an IP address, as a resolver writes it, is one of the open internet. What is no address is not. */
export function isPublicAddress(address: string): boolean {
  const lower = address.toLowerCase()
  if (lower.includes(':'))
    return openIpv6.test(lower) && /^[0-9a-f]{4}:/.test(lower) && !closedIpv6.test(lower)
  const number = toNumber(lower)
  if (number === undefined) return false
  return !closedRanges.some(([first, bits]) => {
    const size = 2 ** (32 - bits)
    return Math.floor(number / size) === Math.floor((toNumber(first) ?? 0) / size)
  })
}

function toNumber(address: string): number | undefined {
  const parts = address.split('.')
  if (parts.length !== 4 || parts.some((part) => !/^\d{1,3}$/.test(part) || Number(part) > 255))
    return undefined
  return parts.reduce((sum, part) => sum * 256 + Number(part), 0)
}
