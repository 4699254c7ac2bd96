import { formatAddress, formatPrefix, parseAddress, parsePrefix } from '@hangar/inet'
import { withAllOctets } from './address.ts'
import { boundedText, patternText, textType, type ValueType } from './value.ts'

const label = '[A-Za-z0-9]([A-Za-z0-9_-]{0,62})?'
const hostPattern = new RegExp(`^${label}(\\.${label})*\\.?$`)

/** A host or domain name: letters, digits, hyphens, underscores, dots; 255 characters at most. */
export const hostName: ValueType = textType('host-name', value => {
  if (value.length > 255) return { error: 'Must be a string of 255 characters or less' }
  return hostPattern.test(value) ? { value } : { error: `invalid host name: '${value}'` }
})

/** An address or a host name; an address is written canonically. */
export const addressOrHost: ValueType = textType('address', text => {
  const address = parseAddress(text)
  if (address) return { value: formatAddress(address) }
  return hostPattern.test(text) && !/^[\d.]+$/.test(text)
    ? { value: text }
    : { error: `invalid ip address or hostname: ${text}` }
})

/** A prefix (a bare address has the full length) or a host name: what `allow-clients address` takes. */
export const prefixOrHost: ValueType = textType('address', text => {
  const prefix = parsePrefix(withAllOctets(text))
  if (prefix) return { value: formatPrefix(prefix) }
  return hostPattern.test(text) && !/^[\d.]+$/.test(text)
    ? { value: text }
    : { error: `invalid ip address or hostname: ${text}` }
})

/** A login name. */
export const userName: ValueType = patternText(
  'user-name',
  /^[A-Za-z_][A-Za-z0-9_.-]{0,63}$/,
  value => `invalid user name: '${value}'`,
)

/** A name that the operator gives to something (group, class, profile). */
export const identifier: ValueType = boundedText('name', 1, 255)

/** A name without blanks, shown under its own placeholder. */
export function textName(placeholder: string): ValueType {
  return patternText(placeholder, /^\S{1,255}$/, value => `invalid name: '${value}'`)
}

/** Media interfaces: type, FPC, PIC, port, and a channel on some. */
const mediaInterface =
  /^(fe|ge|xe|et|so|at|t1|t3|e1|e3|gr|ip|lt|mt|vt|pd|pe|sp|ms|lsq|rlsq|fti|si|cp|pfe|pfh)-\d{1,4}\/\d{1,2}\/\d{1,3}(:\d{1,3})?$/
/** Interfaces known by type and number alone. */
const otherInterface =
  /^(ae|em|fxp|lo|irb|vlan|st|reth|fab|me|vme|bme|dsc|gre|ipip|lsi|mtun|pimd|pime|tap|demux|esi|vtep|jsrv|rbeb|ps|as)\d{0,6}$/

/** The name of a physical (or pseudo) interface, without a unit: `xe-0/0/0`, `lo0`, `irb`. */
export const interfaceName: ValueType = patternText(
  'interface-name',
  new RegExp(`${mediaInterface.source}|${otherInterface.source}`),
  value => `invalid interface type in '${value}'`,
)

/** A logical interface: a physical name, a dot, a unit number. */
export const logicalInterfaceName: ValueType = textType('interface-name', value => {
  const dot = value.lastIndexOf('.')
  const physical = dot < 0 ? value : value.slice(0, dot)
  const valid = 'value' in interfaceName.read(physical) && (dot < 0 || /^\d{1,10}$/.test(value.slice(dot + 1)))
  return valid ? { value } : { error: `invalid interface type in '${value}'` }
})

/** The next hop of a route: an address or a logical interface. */
export const nextHop: ValueType = textType('next-hop', text => {
  const address = parseAddress(text)
  if (address) return { value: formatAddress(address) }
  const name = logicalInterfaceName.read(text)
  return 'value' in name ? name : { error: `invalid ip address or interface name: '${text}'` }
})

/** An ISO (NSAP) address: `49.0001.0100.0000.0001.00`. */
export const isoAddress: ValueType = patternText(
  'address',
  /^[0-9a-fA-F]{2}(\.[0-9a-fA-F]{2,4}){1,19}$/,
  value => `invalid iso address: '${value}'`,
)
