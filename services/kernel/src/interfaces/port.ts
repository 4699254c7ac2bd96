/** What a port is made of decides MTU, MAC and broadcast. */
export type Medium = 'ethernet' | 'loopback'

/** A port that the chassis has, configured or not: the part of an ifd that no commit changes. */
export interface Port {
  readonly name: string
  readonly medium: Medium
  readonly index: number
  readonly snmpId: number
  /** Six bytes; a loopback holds the chassis address, which its link-local address is made of. */
  readonly mac: readonly number[]
}

/** The name of a port with a slot: media type, FPC, PIC, port. */
const slotName = /^(et|fe|ge|xe)-(\d{1,3})\/(\d{1,3})\/(\d{1,3})$/
/** Prefix that Junos's virtual devices use for the addresses of their ports. */
const macPrefix = [0x02, 0x05, 0x86, 0x71] as const
/** xe-0/0/0 of a virtual device was recorded with an address that ends in 03. */
const firstMac = 3
/** Indices and SNMP ids that lo0 and em0 have on every device; ports with a slot are counted from 128. */
const fixed = { lo0: { index: 6, snmpId: 6 }, em0: { index: 8, snmpId: 17 } } as const
const firstPortIndex = 128
/** Ports with a slot have SNMP ids from here; logical interfaces take the ids after them. */
export const firstSnmpId = 513

export const defaultPortNames: readonly string[] = ['xe-0/0/0', 'xe-0/0/1', 'xe-0/0/2', 'xe-0/0/3']

/**
 * The ports of a chassis: those named ("xe-0/0/0"), in the order of their slots, then em0 and lo0, which every device has.
 * Throws a RangeError for a name that is no port's, or that comes twice.
 */
export function createPorts(names: readonly string[] = defaultPortNames): readonly Port[] {
  for (const [i, name] of names.entries()) {
    if (!slotName.test(name)) throw new RangeError(`${name} is not the name of a port, such as xe-0/0/0`)
    if (names.indexOf(name) !== i) throw new RangeError(`port ${name} is named twice`)
  }
  const slots = [...names].sort(comparePortNames).map(
    (name, i): Port => ({
      name,
      medium: 'ethernet',
      index: firstPortIndex + i,
      snmpId: firstSnmpId + i,
      mac: [...macPrefix, (firstMac + i) >> 8, (firstMac + i) & 0xff],
    }),
  )
  return [
    ...slots,
    { name: 'em0', medium: 'ethernet', ...fixed.em0, mac: [...macPrefix, 0, 2] },
    { name: 'lo0', medium: 'loopback', ...fixed.lo0, mac: [...macPrefix, 0, 0] },
  ]
}

/** "02:05:86:71:00:01"; empty for a medium without one. */
export function macText(port: Port): string {
  return port.medium === 'loopback' ? '' : port.mac.map(byte => byte.toString(16).padStart(2, '0')).join(':')
}

function comparePortNames(a: string, b: string): number {
  const [first, second] = [slotName.exec(a)!, slotName.exec(b)!]
  for (const part of [2, 3, 4]) {
    const difference = Number(first[part]) - Number(second[part])
    if (difference !== 0) return difference
  }
  return a < b ? -1 : 1
}
