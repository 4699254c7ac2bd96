import type { Address } from '@hangar/inet'
import { formatAddress } from '@hangar/inet'
import type { AttributeSet, Protocol } from '../rib/attributes.ts'
import type { Gateway, LabelStep, NextHop } from '../rib/next-hop.ts'
import type { Dialect } from './dialect.ts'
import { type Bytes, floatField, messageField, numberField, textField } from './wire.ts'

/*
 * Parts of a route that many routes share, encoded once.
 */

/** A reply's choices. */
export interface ReplyFormats {
  readonly addresses: 'string' | 'bytes'
  readonly tables: 'name' | 'id'
}

/** RouteProtoType of both generations; 29 is OTHER. */
const protocols: Readonly<Record<Protocol, number>> = {
  Direct: 1,
  Local: 2,
  Static: 11,
  Aggregate: 14,
  MPLS: 18,
  'BGP-Static': 27,
  gRIBI: 29,
}

const operations = { pop: 1, push: 2, swap: 3 } as const

/** RouteTable, as a field of another message. */
export function tableField(field: number, table: { id: number; name: string }, formats: ReplyFormats): Uint8Array {
  return Uint8Array.from(tableBytes(field, table, formats))
}

/** RouteTableName, as a field of another message. */
export function tableNameField(field: number, name: string): Uint8Array {
  return Uint8Array.from(messageField(field, textField(1, name)))
}

function tableBytes(field: number, { id, name }: { id: number; name: string }, { tables }: ReplyFormats): Bytes {
  return messageField(
    field,
    tables === 'id' ? messageField(1, numberField(1, id)) : messageField(2, textField(1, name)),
  )
}

/**
 * The field `nexthop` of a route: the gateways as asked for; a connected subnet, and an address of the device, as their interface. A route
 * that discards has no gateways.
 */
export function nextHopField(
  { spec }: NextHop,
  dialect: Dialect,
  formats: ReplyFormats,
  tableById: (id: number) => { id: number; name: string } | undefined,
): Uint8Array {
  const gateway = (one: Partial<Gateway>) => messageField(1, gatewayBytes(one, dialect, formats, tableById))
  switch (spec.kind) {
    case 'gateways':
      return Uint8Array.from(messageField(2, spec.gateways.flatMap(gateway)))
    case 'interface':
    case 'local':
      return Uint8Array.from(messageField(2, gateway({ interface: spec.interface })))
    case 'table':
      return Uint8Array.from(messageField(2, dialect.gateway.table === undefined ? [] : gateway({ table: spec.table })))
    default:
      return Uint8Array.from(messageField(2, []))
  }
}

function gatewayBytes(
  gateway: Partial<Gateway>,
  dialect: Dialect,
  formats: ReplyFormats,
  tableById: (id: number) => { id: number; name: string } | undefined,
): Bytes {
  const { weight: weightField, tunnel: tunnelField, table: tableNumber } = dialect.gateway
  const { address, localAddress, labels, weight, bandwidth, table, tunnel } = gateway
  const of = table === undefined ? undefined : tableById(table)
  const profile = typeof tunnel === 'string' ? textField(1, tunnel) : tunnel
  const fields: (readonly [number, Bytes])[] = [
    [1, address ? messageField(1, networkAddress(address, formats)) : []],
    [2, gateway.interface === undefined ? [] : textField(2, gateway.interface)],
    [3, localAddress ? messageField(3, networkAddress(localAddress, formats)) : []],
    [
      4,
      labels?.length
        ? messageField(
            4,
            labels.flatMap(step => messageField(1, labelBytes(step))),
          )
        : [],
    ],
    [weightField, numberField(weightField, weight ?? 0)],
    [6, floatField(6, bandwidth ?? 0)],
    [tunnelField, profile ? messageField(tunnelField, [...profile]) : []],
    [tableNumber ?? 0, of && tableNumber !== undefined ? tableBytes(tableNumber, of, formats) : []],
  ]
  return fields.sort(([a], [b]) => a - b).flatMap(([, bytes]) => bytes)
}

function networkAddress(address: Address, { addresses }: ReplyFormats): Bytes {
  const value = addresses === 'bytes' ? messageField(2, [...address.bytes]) : textField(1, formatAddress(address))
  return messageField(address.family === 'inet' ? 1 : 2, value)
}

/** A label of 0 (of a pop, or explicit null) is not on the wire. */
function labelBytes({ operation, label }: LabelStep): Bytes {
  const entry = operation === 'pop' ? [] : messageField(2, numberField(1, label))
  return [...numberField(1, operations[operation]), ...entry]
}

/** The fields `protocol`, `attributes` and `enable_stats` of a route. What is not set is left out. */
export function attributeFields({ source, values }: AttributeSet, { moreAttributes }: Dialect): Uint8Array {
  const { preference, preference2, tag, tag2, color, color2, metric, metric2, noReadvertise, enableStats } = values
  const attributes = [
    ...pairs(1, preference, preference2),
    ...pairs(2, tag, tag2),
    ...pairs(3, color, color2),
    ...(moreAttributes && noReadvertise ? numberField(4, 1) : []),
    ...(moreAttributes ? pairs(5, metric, metric2) : []),
  ]
  return Uint8Array.from([
    ...numberField(3, protocols[source.protocol]),
    ...messageField(4, attributes),
    ...numberField(5, enableStats ? 1 : 0),
  ])
}

/** A map from 0 and 1 to numbers of 32 bits; a negative one is its complement. */
function pairs(field: number, ...values: readonly (number | undefined)[]): Bytes {
  return values.flatMap((value, i) =>
    value === undefined ? [] : messageField(field, [0x08, i, ...messageField(2, numberField(1, value >>> 0))]),
  )
}
