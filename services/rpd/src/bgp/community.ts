/** Text of a request is bounded. */
const LONGEST = 1023

const wellKnown = new Set([
  'no-export',
  'no-advertise',
  'no-export-subconfed',
  'no-peer',
  'accept-own',
  'llgr-stale',
  'no-llgr',
])

/** Kinds of extended communities with the number of parts behind the kind. */
const extended: Readonly<Record<string, number>> = {
  target: 2,
  origin: 2,
  'domain-id': 2,
  'domain-id-vendor': 2,
  bandwidth: 2,
  'traffic-rate': 2,
  color: 2,
  encapsulation: 1,
  'src-as': 2,
  'rt-import': 2,
  redirect: 2,
  'redirect-to-ip': 2,
  mac: 2,
  vni: 1,
  'evpn-etree': 1,
  large: 3,
}

/** "65000:1", "no-export", "target:65000:1", "large:65000:1:2", "0x8:65000:1": as a router reads communities. */
export function isCommunity(text: string): boolean {
  if (text.length > LONGEST) return false
  if (wellKnown.has(text)) return true
  const [first, ...parts] = text.split(':')
  if (parts.length === 1) return isNumber(first!, 65535) && isNumber(parts[0]!, 65535)
  const count = first !== undefined && /^0x[\da-f]{1,4}$/i.test(first) ? 2 : extended[first ?? '']
  return count === parts.length && parts.every(isPart)
}

/** The color of a color community (RFC 9012 4.3: flags and color). */
export function colorOf(text: string): number | undefined {
  const [kind, , color] = text.split(':')
  return kind === 'color' && color !== undefined ? Number(color) : undefined
}

/** A number (with an L: four bytes for sure), or an IPv4 address. */
function isPart(text: string): boolean {
  return isNumber(text.replace(/L$/, ''), 2 ** 32 - 1) || /^(\d{1,3}\.){3}\d{1,3}$/.test(text)
}

function isNumber(text: string, most: number): boolean {
  return /^\d{1,10}$/.test(text) && Number(text) <= most
}
