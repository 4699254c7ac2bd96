import { type Family, formatAddress, formatPrefix, hasHostBits, network, parseAddress, parsePrefix } from '@hangar/inet'
import { type Read, textType, type ValueType } from './value.ts'

/*
 * The words of refusal for dotted quads follow the address parser that the vendor published with libjuise
 * (`invalid value '300' in ip address: '10.0.0.300'`).
 */

/** What is wrong with text that spells no address. */
function addressFault(text: string): string {
  if (text.includes(':')) return `'${text}' is not a valid ipv6 address`
  const parts = text.split('.')
  for (const part of parts) {
    if (!/^\d+$/.test(part)) return `invalid input at '${part}' in ip address: '${text}'`
    if (Number(part) > 255) return `invalid value '${part}' in ip address: '${text}'`
  }
  return parts.length < 4 ? `missing information in ip address: '${text}'` : `invalid ip address: '${text}'`
}

function prefixFault(text: string): string {
  const slash = text.indexOf('/')
  const address = slash < 0 ? text : text.slice(0, slash)
  const parsed = parseAddress(address)
  if (!parsed) return addressFault(address)
  const length = text.slice(slash + 1)
  const bits = parsed.bytes.length * 8
  if (/^\d+$/.test(length) && Number(length) > bits) {
    return `prefix length '${length}' is larger than ${bits} in address '${text}'`
  }
  return `missing or invalid prefix length '${length}' in address '${text}'`
}

function wrongFamily(family: Family, text: string): Read {
  return {
    error:
      family === 'inet6'
        ? `'${text}' is not a valid ipv6 address`
        : `invalid input at '${text}' in ip address: '${text}'`,
  }
}

/** An address, of one family or of any. */
export function ipAddress(family?: Family, placeholder = 'address'): ValueType {
  return textType(placeholder, text => {
    const address = parseAddress(text)
    if (!address) return { error: addressFault(text) }
    if (family && address.family !== family) return wrongFamily(family, text)
    return { value: formatAddress(address) }
  })
}

/** How a prefix type treats the bits beyond the length. */
export type HostBits = 'kept' | 'refused'

/** The destination of a route: no host bits; `default` stands for the prefix that covers the family. */
export function routePrefix(family?: Family): ValueType {
  const prefix = ipPrefix('refused', family, 'destination')
  return {
    ...prefix,
    read: text => {
      if (text !== 'default') return prefix.read(text)
      return { value: family === 'inet6' ? '::/0' : '0.0.0.0/0' }
    },
  }
}

/** `0/0`, `10/8`, `172.16/12`: octets that are left out before the length are zero. */
export function withAllOctets(prefix: string): string {
  const short = /^(\d{1,3}(?:\.\d{1,3}){0,2})\//.exec(prefix)?.[1]
  if (short === undefined) return prefix
  return short + '.0'.repeat(4 - short.split('.').length) + prefix.slice(short.length)
}

/** A prefix; a bare address has the full length. Interfaces keep host bits; routes refuse them, as the router does. */
export function ipPrefix(hostBits: HostBits, family?: Family, placeholder = 'address'): ValueType {
  return textType(placeholder, text => {
    const prefix = parsePrefix(hostBits === 'refused' ? withAllOctets(text) : text)
    if (!prefix) return { error: prefixFault(text) }
    if (family && prefix.address.family !== family) return wrongFamily(family, text)
    if (hostBits === 'refused' && hasHostBits(prefix)) {
      return { error: `host portion is not zero (${formatPrefix(network(prefix))})` }
    }
    return { value: formatPrefix(prefix) }
  })
}
