import { create, toBinary } from '@bufbuild/protobuf'
import { formatAddress, parseAddress } from '@hangar/inet'
import {
  type RouteMatchFields,
  RouteRemoveRequestSchema,
  RouteUpdateRequestSchema,
} from '@hangar/protocol/rib_service_pb'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addressText } from './address-text.ts'
import { RequestEncoder } from './requests.ts'
import { generateTable, type RouteTable } from './table.ts'

const tables = { inet: 'inet.0', inet6: 'customer-a.inet6.0' }
const gateways = {
  inet: ['10.0.0.1', '10.255.255.254'],
  inet6: ['2001:db8::1', '2001:db8:1234:5678:9abc:def0:1234:5678'],
}

const anyTable = fc
  .record({
    family: fc.constantFrom('inet' as const, 'inet6' as const),
    seed: fc.integer(),
    count: fc.integer({ min: 1, max: 1500 }),
  })
  .map(options => generateTable({ ...options, nextHops: 2 }))

describe('requests as bytes', () => {
  it('are what protobuf-es writes', () => {
    fc.assert(
      fc.property(anyTable, fc.option(fc.constant('xe-0/0/0.0'), { nil: undefined }), (table, interfaceName) => {
        const { family, count } = table
        const encoder = new RequestEncoder(table, {
          tableName: tables[family],
          gateways: gateways[family],
          ...(interfaceName !== undefined && { interfaceName }),
        })
        const routes = Array.from({ length: count }, (_, route) => ({
          key: keyOf(table, route),
          nexthop: {
            gateways: [
              {
                gatewayAddress: network(family, gateways[family][table.nextHops[route]!]!),
                ...(interfaceName !== undefined && { interfaceName }),
              },
            ],
          },
        }))
        const update = create(RouteUpdateRequestSchema, { routes: routes as never })
        const remove = create(RouteRemoveRequestSchema, { keys: routes.map(route => route.key as RouteMatchFields) })
        expect(same(encoder.update(0, count), toBinary(RouteUpdateRequestSchema, update))).toBe(true)
        expect(same(encoder.remove(0, count), toBinary(RouteRemoveRequestSchema, remove))).toBe(true)
      }),
      { numRuns: 30 },
    )
  })

  it('can be of lengths 0 and 128, which the generator does not make', () => {
    for (const length of [0, 128]) {
      const table: RouteTable = {
        family: 'inet6',
        count: 1,
        addresses: new Uint32Array(4),
        lengths: Uint8Array.of(length),
        nextHops: new Uint8Array(1),
      }
      const request = create(RouteRemoveRequestSchema, { keys: [keyOf(table, 0) as RouteMatchFields] })
      const encoder = new RequestEncoder(table, { tableName: tables.inet6, gateways: [] })
      expect(same(encoder.remove(0, 1), toBinary(RouteRemoveRequestSchema, request))).toBe(true)
    }
  })
})

it('writes addresses as RFC 5952 does', () => {
  fc.assert(
    fc.property(anyTable, table => {
      const text = addressText(table, table.count - 1)
      expect(formatAddress(parseAddress(text)!)).toBe(text)
    }),
  )
})

function same(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0
}

function keyOf(table: RouteTable, route: number) {
  return {
    destPrefix: network(table.family, addressText(table, route)),
    destPrefixLen: table.lengths[route]!,
    table: { RtTableFormat: { case: 'rttName', value: { name: tables[table.family] } } },
  }
}

function network(family: 'inet' | 'inet6', text: string) {
  return { Af: { case: family, value: { AddrFormat: { case: 'addrString', value: text } } } }
}
