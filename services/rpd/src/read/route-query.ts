import { hasHostBits } from '@hangar/inet'
import {
  type RouteExtendedMatchFields,
  RouteMatchType,
  RouteOperStatus as Status,
} from '@hangar/protocol/rib_service_pb'
import { type AddressMessage, addressIn } from '../api/address-message.ts'
import type { Rib } from '../rib/rib.ts'
import type { RoutingTable } from '../rib/routing-table.ts'
import { type Words, wordsOf } from '../rib/words.ts'

/** Which routes a client wants to see. */
export interface RouteQuery {
  readonly table: RoutingTable
  /** Undefined: every destination. */
  readonly prefix: { readonly words: Words; readonly length: number } | undefined
  readonly match: 'best' | 'exact' | 'longer'
  readonly activeOnly: boolean
  /** Undefined: any. */
  readonly cookie: { readonly low: number; readonly high: number } | undefined
  /** Undefined: any. */
  readonly tag: number | undefined
  readonly tag2: number | undefined
}

/** What is wrong with a request. Both generations number these the same. */
export interface ReadFault {
  readonly code: number
  readonly message: string
}

/** The key of either generation. */
export interface KeyMessage {
  readonly destPrefix?: { readonly Af?: AfChoice; readonly af?: AfChoice } | undefined
  readonly destPrefixLen: number
  readonly table?: { readonly RtTableFormat?: TableChoice; readonly routeTableFormat?: TableChoice } | undefined
  readonly cookie: bigint
}
type AfChoice =
  | { case: 'inet' | 'inet6'; value: AddressMessage }
  | { case: 'mpls'; value: { label: number } }
  | { case: undefined; value?: undefined }
type TableChoice =
  | { case: 'rttId' | 'id'; value: { id: number } }
  | { case: 'rttName' | 'name'; value: { name: string } }
  | { case: undefined; value?: undefined }

export interface QueryMessage {
  readonly key?: KeyMessage | undefined
  readonly matchType: number
  readonly activeOnly: boolean
  readonly extendedMatch?: RouteExtendedMatchFields | undefined
}

const matches: Partial<Record<number, RouteQuery['match']>> = {
  [RouteMatchType.BEST]: 'best',
  [RouteMatchType.EXACT]: 'exact',
  [RouteMatchType.EXACT_OR_LONGER]: 'longer',
}

/** Labels fill 20 bits of a key that JET says is 52 long, and that our tables say is 20 long. */
const label = { bits: 20, length: 52, most: 0xfffff } as const

export function isFault(value: object): value is ReadFault {
  return 'code' in value
}

/**
 * Of the request's fields all but the table may be left out: a cookie of 0, which is what unset reads as, is any cookie. `otherFamily`: what
 * the generation calls a prefix of another family than the table.
 */
export function readQuery(
  rib: Rib,
  { key, matchType, activeOnly, extendedMatch }: QueryMessage,
  otherFamily: number = Status.PREFIX_INVALID,
): RouteQuery | ReadFault {
  const table = tableOf(rib, key)
  if (isFault(table)) return table
  const match = matches[matchType]
  if (!match) return fault(Status.REQUEST_INVALID, `no match type ${matchType}`)
  const prefix = prefixOf(table, key!, otherFamily)
  if (prefix && isFault(prefix)) return prefix
  const tags = extendedMatch?.tags ?? {}
  const odd = Object.keys(tags).find(number => number !== '0' && number !== '1')
  if (odd !== undefined) return fault(Status.REQUEST_INVALID, `no tag ${odd}`)
  const { cookie } = key!
  return {
    table,
    prefix,
    match,
    activeOnly,
    cookie: cookie === 0n ? undefined : { low: Number(cookie & 0xffffffffn), high: Number(cookie >> 32n) },
    tag: tags[0]?.value,
    tag2: tags[1]?.value,
  }
}

/** A table of the RIB API: its destinations are addresses or labels. Those of VPNs and flow specifications have no form in it. */
export function readableTable(table: RoutingTable | undefined, name: string): RoutingTable | ReadFault {
  if (table && table.family !== 'other') return table
  return fault(Status.TABLE_INVALID, `no table ${name.slice(0, 100)} of routes to addresses or labels`)
}

function tableOf(rib: Rib, key: KeyMessage | undefined): RoutingTable | ReadFault {
  const choice = key?.table?.RtTableFormat ?? key?.table?.routeTableFormat
  switch (choice?.case) {
    case 'rttId':
    case 'id':
      return readableTable(rib.tableById(choice.value.id), String(choice.value.id))
    case 'rttName':
    case 'name':
      return readableTable(rib.table(choice.value.name), choice.value.name)
    default:
      return fault(Status.TABLE_INVALID, 'the key names no table')
  }
}

function prefixOf(
  table: RoutingTable,
  { destPrefix, destPrefixLen: length }: KeyMessage,
  otherFamily: number,
): RouteQuery['prefix'] | ReadFault {
  const choice = destPrefix?.Af ?? destPrefix?.af
  if (!choice?.case) {
    if (length === 0) return undefined
    return fault(Status.PREFIX_INVALID, `a length of ${length} without a prefix`)
  }
  if (choice.case !== table.family) return fault(otherFamily, `${table.name} has no ${choice.case} routes`)
  if (choice.case === 'mpls') return labelOf(choice.value.label, length)
  const address = addressIn(choice.value, choice.case)
  if (!address) return fault(Status.PREFIX_INVALID, `not an ${choice.case} address`)
  const bits = choice.case === 'inet' ? 32 : 128
  if (length > bits) return fault(Status.PREFIX_LEN_TOO_LONG, `a length of ${length} is more than ${bits}`)
  if (hasHostBits({ address, length }))
    return fault(Status.PREFIX_LEN_TOO_SHORT, `the prefix has bits beyond its length of ${length}`)
  return { words: wordsOf(address), length }
}

function labelOf(value: number, length: number): RouteQuery['prefix'] | ReadFault {
  if (value > label.most) return fault(Status.MPLS_LABEL_INVALID, `no label ${value}`)
  if (length > label.length) return fault(Status.PREFIX_LEN_TOO_LONG, `a length of ${length} is more than 52`)
  if (length === label.length) return { words: [value, 0, 0, 0], length: label.bits }
  // 0 is all labels, whatever the label.
  return length === 0 ? undefined : fault(Status.PREFIX_LEN_TOO_SHORT, `the length of a label is 52, not ${length}`)
}

function fault(code: Status, message: string): ReadFault {
  return { code, message }
}
