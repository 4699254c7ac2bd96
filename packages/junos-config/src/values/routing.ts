import { formatAddress, parseAddress } from '@hangar/inet'
import { patternText, textType, type ValueType } from './value.ts'

/** 32 bits: metrics, preferences, tags, colors. */
const most = 4_294_967_295

/** 2-byte and 4-byte numbers, plain or as two halves with a dot (RFC 5396); the words are the vendor's YANG's. */
export const autonomousSystem: ValueType = textType('as-number', value => {
  const [high, low] = /^(\d{1,5})\.(\d{1,5})$/.exec(value)?.slice(1).map(Number) ?? []
  if (high !== undefined && low !== undefined && high <= 65535 && low <= 65535 && high + low > 0) return { value }
  if (/^\d{1,10}$/.test(value) && Number(value) >= 1 && Number(value) <= most) return { value: `${Number(value)}` }
  return {
    error:
      "Use format 'x' or 'x.y' to specify number 'x' (Range 1 .. 4294967295) or number with higher 2 bytes 'x' (Range 0 .. 65535) and lower 2 bytes 'y' (Range 0 .. 65535) respectively",
  }
})

/** `65000:1`, `65000L:1`, `192.0.2.1:1` (RFC 4364 4.2). */
export const routeDistinguisher: ValueType = textType('rd-type', value => {
  const [administrator = '', number = ''] = value.split(/:(?=\d+$)/)
  const long = /^\d{1,10}L?$/.test(administrator) && Number(administrator.replace('L', '')) <= most
  const address = parseAddress(administrator)?.family === 'inet'
  if ((long || address) && /^\d{1,10}$/.test(number) && Number(number) <= most) return { value }
  return { error: `invalid route distinguisher: '${value}'` }
})

/** The community that exports and imports a VRF's routes: `target:65000:1`. */
export const targetCommunity: ValueType = patternText(
  'community',
  /^target:(\d{1,10}L?|\d{1,3}(\.\d{1,3}){3}):\d{1,10}$/,
  value => `invalid target community: '${value}'`,
)

/** A community, or an expression over communities: `65000:100`, `target:65000:1`, `no-export`, `65000:.*`. */
export const communityMember: ValueType = patternText(
  'members',
  /^\S{1,255}$/,
  value => `invalid community: '${value}'`,
)

/** AS numbers to prepend, the first to stand in front: `65000 65000`. */
export const asPathNumbers: ValueType = patternText(
  'as-path',
  /^\d+(\.\d+)?( +\d+(\.\d+)?)*$/,
  value => `invalid AS path: '${value}'`,
)

/** A regular expression over AS numbers; the words are the vendor's YANG's. */
export const asPathExpression: ValueType = textType('path', value =>
  value === '' || /[;#~&<>/a-zA-Z]/.test(value)
    ? { error: '^$-,|*!+?{}.[]()0123456789: Only these characters are allowed' }
    : { value },
)

/** The name of a table: `inet.0`, `blue.inet6.0`; the pattern is the vendor's YANG's. */
export const tableName: ValueType = textType('table-name', value =>
  /^((.{0,128}:)?.{1,128}\.)?[a-z0-9_-]+\.(1?\d{1,2}|2[0-4]\d|25[0-5])$/.test(value) && !/\s/.test(value)
    ? { value }
    : { error: 'Must match the format [<instance-name>[:<topology-name>].]<family-name>.<rib-id>' },
)

/** `/24` */
export const prefixLength: ValueType = textType('prefix-length', value => {
  const length = /^\/(\d{1,3})$/.exec(value)?.[1]
  if (length !== undefined && Number(length) <= 128) return { value: `/${Number(length)}` }
  return { error: `invalid prefix length: '${value}'` }
})

/** `/16-/24` */
export const prefixLengthRange: ValueType = textType('prefix-length-range', value => {
  const [from, to] = /^\/(\d{1,3})-\/(\d{1,3})$/.exec(value)?.slice(1).map(Number) ?? []
  if (from !== undefined && to !== undefined && from <= to && to <= 128) return { value: `/${from}-/${to}` }
  return { error: `invalid prefix length range: '${value}'` }
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
