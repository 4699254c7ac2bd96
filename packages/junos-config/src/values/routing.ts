import { formatAddress, parseAddress } from '@hangar/inet'
import { patternText, textType, type ValueType } from './value.ts'

/*
 * What routing names and numbers look like. The words of refusal are those of the vendor's YANG (23.4) where it has some
 * for the type.
 */

/** 32 bits: metrics, preferences, tags, colors. */
const most = 4_294_967_295

/** 2-byte and 4-byte numbers, plain or as two halves with a dot (RFC 5396). */
export const autonomousSystem: ValueType = textType('as-number', value => {
  const [high, low] = /^(\d{1,5})\.(\d{1,5})$/.exec(value)?.slice(1).map(Number) ?? []
  if (high !== undefined && low !== undefined && high <= 65535 && low <= 65535 && high + low > 0) return { value }
  if (/^\d{1,10}$/.test(value) && Number(value) >= 1 && Number(value) <= most) return { value: `${Number(value)}` }
  return {
    error:
      "Use format 'x' or 'x.y' to specify number 'x' (Range 1 .. 4294967295) or number with higher 2 bytes 'x' (Range 0 .. 65535) and lower 2 bytes 'y' (Range 0 .. 65535) respectively",
  }
})

/** `64512`, `64512-65534`. */
export const autonomousSystemRange: ValueType = textType('as-range', value => {
  const ends = value.split('-').map(end => autonomousSystem.read(end))
  const fault = ends.find(end => 'error' in end)
  if (fault) return fault
  return ends.length > 2 ? { error: `invalid range: '${value}'` } : { value }
})

/** `65000` with an optional `L`, or an address: what administers a distinguisher or a target (RFC 4364 4.2). */
function isAdministrator(text: string): boolean {
  const number = /^(\d{1,10})L?$/.exec(text)?.[1]
  return number === undefined ? parseAddress(text)?.family === 'inet' : Number(number) <= most
}

function isNumber(text: string): boolean {
  return /^\d{1,10}$/.test(text) && Number(text) <= most
}

/** `65000:1`, `65000L:1`, `192.0.2.1:1`. */
export const routeDistinguisher: ValueType = textType('rd-type', value => {
  const [administrator = '', number = '', ...rest] = value.split(':')
  return isAdministrator(administrator) && isNumber(number) && rest.length === 0
    ? { value }
    : {
        error:
          "Use format 'x:y' where 'x' is an AS number followed by an optional 'L' (To indicate 4 byte AS), or an IP address and 'y' is a number. e.g. 123456L:100",
      }
})

/** The community that exports and imports a VRF's routes: `target:65000:1`. */
export const targetCommunity: ValueType = textType('community', value => {
  const [kind, administrator = '', number = '', ...rest] = value.split(':')
  return kind === 'target' && isAdministrator(administrator) && isNumber(number) && rest.length === 0
    ? { value }
    : {
        error:
          "Use format 'target:x:y' where 'x' is an AS number followed by an optional 'L' (To indicate 4 byte AS), or an IP address and 'y' is a number. e.g. target:123456L:100",
      }
})

/** A community, or an expression over communities: `65000:100`, `target:65000:1`, `no-export`, `65000:.*`. */
export const communityMember: ValueType = patternText(
  'members',
  /^\S{1,255}$/,
  value => `invalid community: '${value}'`,
)

/** AS numbers to prepend, the first to stand in front: `65000 65000`. */
export const asPathNumbers: ValueType = patternText(
  'as-path',
  /^\d{1,10}(\.\d{1,5})?( +\d{1,10}(\.\d{1,5})?){0,255}$/,
  value => `invalid AS path: '${value}'`,
)

/** A regular expression over AS numbers. */
export const asPathExpression: ValueType = textType('path', value =>
  value === '' || /[;#~&<>/a-zA-Z]/.test(value)
    ? { error: '^$-,|*!+?{}.[]()0123456789: Only these characters are allowed' }
    : { value },
)

/** The name of a table: `inet.0`, `blue.inet6.0`. */
export const tableName: ValueType = textType('table-name', value =>
  /^((.{0,128}:)?.{1,128}\.)?[a-z0-9_-]+\.(1?\d{1,2}|2[0-4]\d|25[0-5])$/.test(value) && !/\s/.test(value)
    ? { value }
    : { error: 'Must match the format [<instance-name>[:<topology-name>].]<family-name>.<rib-id>' },
)

/** `/24` */
export const prefixLength: ValueType = textType('prefix-length', value => {
  const length = /^\/(\d{1,3})$/.exec(value)?.[1]
  return length === undefined || Number(length) > 128
    ? { error: "Should be number with prefix '/'" }
    : { value: `/${Number(length)}` }
})

/** `/16-/24` */
export const prefixLengthRange: ValueType = textType('prefix-length-range', value => {
  const [from, to] = /^\/(\d{1,3})-\/(\d{1,3})$/.exec(value)?.slice(1).map(Number) ?? []
  return from === undefined || to === undefined || from > to || to > 128
    ? { error: "Must be in the form '/<minimum-length>-/<maximum-length>'" }
    : { value: `/${from}-/${to}` }
})

/** An OSPF area: a number is written as a dotted quad, as the router does. */
export const areaId: ValueType = textType('area-id', value => {
  if (/^\d{1,10}$/.test(value) && Number(value) <= most) {
    const number = Number(value)
    return { value: [24, 16, 8, 0].map(shift => (number >>> shift) & 0xff).join('.') }
  }
  const address = parseAddress(value)
  return address?.family === 'inet' ? { value: formatAddress(address) } : { error: `invalid area id: '${value}'` }
})

/** Bits a second: `10m`, `1g`, `64000`. */
export const bandwidth: ValueType = patternText(
  'bandwidth',
  /^\d{1,13}[kmg]?$/,
  value => `Invalid numeric value: '${value}'`,
)
