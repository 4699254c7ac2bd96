import { type Address, addressBits, formatAddress, hasHostBits } from '@hangar/inet'
import type { IpAddress, NumericRangeList } from '@hangar/protocol/jnx_addr_pb'
import type {
  FlowspecAddress,
  L3vpnAddress,
  RouteDistinguisher,
  RoutePrefix,
  SRTEAddress,
} from '@hangar/protocol/prpd_common_pb'
import { addressIn } from '../api/address-message.ts'
import type { RoutingTable } from '../rib/routing-table.ts'
import { type Words, wordsOf } from '../rib/words.ts'

/** What can be wrong with a destination; the names are those of the status codes. */
export type DestinationFault =
  | 'TABLE_INVALID'
  | 'PREFIX_INVALID'
  | 'PREFIX_LEN_TOO_SHORT'
  | 'PREFIX_LEN_TOO_LONG'
  | 'REQUEST_UNSUPPORTED'
  | 'FLOWSPEC_ADDR_INVALID'
  | 'FLOWSPEC_MTCH_FLDS_INVALID'

/** Families of BGP destinations, by the cases of the request. */
export type BgpFamily = NonNullable<RoutePrefix['RoutePrefixAf']['case']>

/** A destination of BGP: an address prefix, or one that has no address of its own and is known by its text. */
export interface BgpDestination {
  readonly bgpFamily: BgpFamily
  /** Family of the prefix inside. */
  readonly family: 'inet' | 'inet6'
  /** inet, inet6: where it stands in the table. */
  readonly words: Words | undefined
  /** Others: what `show route` prints, equal for equal destinations. */
  readonly key: string | undefined
  /** Of a VPN: what the key is made of. */
  readonly vpn?: { readonly distinguisher: string; readonly words: Words }
  readonly length: number
  /** What was asked for, to be handed back. */
  readonly prefix: RoutePrefix
}

/** Tables that take destinations of a family, by the end of their names. */
const tablesOf: Record<BgpFamily, RegExp> = {
  inet: /(^|\.)inet\.[03]$/,
  inet6: /(^|\.)inet6\.[03]$/,
  inetvpn: /^bgp\.l3vpn\.0$/,
  inet6vpn: /^bgp\.l3vpn-inet6\.0$/,
  labeledInet: /(^|\.)inet\.[03]$/,
  labeledInet6: /(^|\.)inet6\.[03]$/,
  inetSrtePolicy: /^(bgp\.)?inetcolor\.0$/,
  inet6SrtePolicy: /^(bgp\.)?inet6color\.0$/,
  inetFlowspec: /(^|\.)inetflow\.0$/,
  inet6Flowspec: /(^|\.)inet6flow\.0$/,
}

/** Reads a destination; `table` has to be one for its family. */
export function readDestination(
  prefix: RoutePrefix | undefined,
  length: number,
  table: RoutingTable,
): BgpDestination | DestinationFault {
  const { case: bgpFamily, value } = prefix?.RoutePrefixAf ?? {}
  // Families of the modern generation that are not served come as unknown fields.
  if (!bgpFamily) return prefix?.$unknown?.length ? 'REQUEST_UNSUPPORTED' : 'PREFIX_INVALID'
  if (!tablesOf[bgpFamily].test(table.name)) return 'TABLE_INVALID'
  const family = bgpFamily.includes('6') ? 'inet6' : 'inet'
  const whole = { bgpFamily, family, length, prefix: prefix! } as const
  switch (bgpFamily) {
    case 'inet':
    case 'inet6':
    case 'labeledInet':
    case 'labeledInet6': {
      const address = readPrefix(value as IpAddress, length, family)
      return typeof address === 'string' ? address : { ...whole, words: wordsOf(address), key: undefined }
    }
    case 'inetvpn':
    case 'inet6vpn': {
      const { rd, vpnAddr } = value as L3vpnAddress
      const distinguisher = distinguisherText(rd)
      if (distinguisher === undefined) return 'PREFIX_INVALID'
      const address = readPrefix(vpnAddr, length, family)
      if (typeof address === 'string') return address
      const key = `${distinguisher}:${formatAddress(address)}/${length}`
      return { ...whole, words: undefined, key, vpn: { distinguisher, words: wordsOf(address) } }
    }
    case 'inetSrtePolicy':
    case 'inet6SrtePolicy': {
      const { destination, srColor, srDistinguisher } = value as SRTEAddress
      const endpoint = addressIn(destination, family)
      if (!endpoint || !srColor) return 'PREFIX_INVALID'
      const numbers = `${srDistinguisher?.distinguisher ?? 0}-${srColor.color}`
      // The NLRI's own length (RFC 9830 2.1): distinguisher, color and endpoint.
      return {
        ...whole,
        length: 0,
        words: undefined,
        key: `${numbers}-${formatAddress(endpoint)}/${64 + addressBits(family)}`,
      }
    }
    case 'inetFlowspec':
    case 'inet6Flowspec': {
      const key = flowText(value as FlowspecAddress, family)
      return typeof key === 'string' ? key : { ...whole, length: 0, words: undefined, key: key.text }
    }
  }
}

export function isFault(value: BgpDestination | DestinationFault): value is DestinationFault {
  return typeof value === 'string'
}

function readPrefix(
  message: IpAddress | undefined,
  length: number,
  family: 'inet' | 'inet6',
): Address | DestinationFault {
  const address = addressIn(message, family)
  if (!address) return 'PREFIX_INVALID'
  if (length > addressBits(family)) return 'PREFIX_LEN_TOO_LONG'
  return hasHostBits({ address, length }) ? 'PREFIX_LEN_TOO_SHORT' : address
}

/** "65000:1", "10.0.0.1:1", "4200000000L:1" (RFC 4364 4.2, RFC 4364's type 2 with the L that Junos writes). */
export function distinguisherText(rd: RouteDistinguisher | undefined): string | undefined {
  const format = rd?.RdFormat
  switch (format?.case) {
    case 'rd0':
      return format.value.asNumber > 0xffff ? undefined : `${format.value.asNumber}:${format.value.assignedNumber}`
    case 'rd1': {
      const address = addressIn(format.value.ipAddress, 'inet')
      return address && format.value.assignedNumber <= 0xffff
        ? `${formatAddress(address)}:${format.value.assignedNumber}`
        : undefined
    }
    case 'rd2':
      return format.value.assignedNumber > 0xffff
        ? undefined
        : `${format.value.asNumber}L:${format.value.assignedNumber}`
    default:
      return undefined
  }
}

/** Match conditions in the order of RFC 8955 4.2.2, each list with the largest value that it may hold. */
const conditions = [
  ['ipProtocols', 'proto', 255],
  ['ports', 'port', 65535],
  ['destPorts', 'dstport', 65535],
  ['srcPorts', 'srcport', 65535],
  ['icmpTypes', 'icmp-type', 255],
  ['icmpCodes', 'icmp-code', 255],
  ['pktLengths', 'len', 65535],
  ['dscps', 'dscp', 63],
] as const

/** "10.0.0.0/24,*,proto=6,dstport=80": destination, source, then what else has to hold. */
function flowText(flow: FlowspecAddress, family: 'inet' | 'inet6'): { text: string } | DestinationFault {
  const ends: string[] = []
  for (const [message, length] of [
    [flow.destination, flow.destPrefixLen],
    [flow.source, flow.sourcePrefixLen],
  ] as const) {
    const address = message && readPrefix(message, length, family)
    if (typeof address === 'string') return 'FLOWSPEC_ADDR_INVALID'
    if (!address && length > 0) return 'FLOWSPEC_ADDR_INVALID'
    ends.push(address ? `${formatAddress(address)}/${length}` : '*')
  }
  const words: string[] = []
  for (const [field, word, most] of conditions) {
    const list = flow[field] as NumericRangeList | undefined
    if (!list) continue
    const ranges = list.rangeList
    if (ranges.length === 0 || ranges.some(({ min, max }) => min > max || max > most))
      return 'FLOWSPEC_MTCH_FLDS_INVALID'
    words.push(...ranges.map(({ min, max }) => (min === max ? `${word}=${min}` : `${word}>=${min}&<=${max}`)))
  }
  if (flow.tcpFlags > 63) return 'FLOWSPEC_MTCH_FLDS_INVALID'
  if (flow.tcpFlags > 0) words.push(`tcp-flag=${flow.tcpFlags}`)
  const { $typeName: _, $unknown: _more, ...fragments } = flow.fragment ?? {}
  words.push(...Object.entries(fragments).flatMap(([name, set]) => (set === true ? [`frag=${name}`] : [])))
  if (words.length === 0 && ends.every(end => end === '*')) return 'FLOWSPEC_MTCH_FLDS_INVALID'
  return { text: [...ends, ...words].join(',') }
}
