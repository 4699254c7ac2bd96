import { create, type MessageInitShape, toBinary } from '@bufbuild/protobuf'
import { type Address, addressFromBytes, formatAddress } from '@hangar/inet'
import { RouteEntrySchema as ModernSchema } from '@hangar/protocol/jnx_routing_rib_service_pb'
import { RouteEntrySchema as ClassicSchema } from '@hangar/protocol/rib_service_pb'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { AttributeValues } from '../rib/attributes.ts'
import type { Gateway, NextHopSpec } from '../rib/next-hop.ts'
import { putRoute } from '../rib/put-route.ts'
import type { RoutingTable } from '../rib/routing-table.ts'
import { addressOf, maskedWords, type Words } from '../rib/words.ts'
import { testRouting } from '../testing/routing.ts'
import { inetTextSize, writeInet, writeInet6 } from './address-text.ts'
import { classic, modern } from './dialect.ts'
import { MessageBuffer } from './message-buffer.ts'
import { RouteEncoder } from './route-encoder.ts'
import type { ReplyFormats } from './submessages.ts'

const word = fc.oneof(fc.constantFrom(0, 1, 0xffff, 0xffffffff), fc.nat(0xffffffff))
const words = fc.tuple(word, word, word, word)
const address: fc.Arbitrary<Address> = fc
  .oneof(fc.uint8Array({ minLength: 4, maxLength: 4 }), fc.uint8Array({ minLength: 16, maxLength: 16 }))
  .map(addressFromBytes)
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined })
const gateway: fc.Arbitrary<Gateway> = fc.record({
  address: maybe(address),
  interface: maybe(fc.constantFrom('xe-0/0/0.0', 'ä'.repeat(70))),
  localAddress: maybe(address),
  resolve: fc.constant('recursive' as const),
  labels: fc.array(fc.record({ operation: fc.constantFrom('push', 'pop', 'swap'), label: fc.nat(0xfffff) }), {
    maxLength: 4,
  }),
  weight: fc.constantFrom(0, 1, 32769),
  bandwidth: fc.constantFrom(0, 0.5, 1e9),
  table: maybe(fc.constantFrom(1, 2, 99)),
  tunnel: maybe(fc.oneof(fc.constant('profile'), fc.constant(Uint8Array.of(0x0a, 1, 0x61, 0x10, 1)))),
})
const nextHop: fc.Arbitrary<NextHopSpec> = fc.oneof(
  fc.record({ kind: fc.constant('gateways' as const), gateways: fc.array(gateway, { maxLength: 3 }) }),
  fc.record({ kind: fc.constantFrom('interface' as const, 'local' as const), interface: fc.constant('lo0.0') }),
  fc.constantFrom<NextHopSpec>({ kind: 'discard' }, { kind: 'reject' }, { kind: 'table', table: 2 }),
)
const values: fc.Arbitrary<AttributeValues> = fc.record({
  preference: word,
  preference2: fc.oneof(word, fc.constant(-101)),
  metric: maybe(word),
  metric2: maybe(word),
  tag: maybe(word),
  tag2: maybe(word),
  color: maybe(word),
  color2: maybe(word),
  noReadvertise: fc.boolean(),
  enableStats: fc.boolean(),
})
const route = fc.record({
  table: fc.constantFrom('inet.0', 'inet6.0', 'mpls.0', `${'long'.repeat(40)}.inet.0`),
  words,
  length: fc.nat(128),
  protocol: fc.constantFrom('Direct', 'Local', 'Static', 'Aggregate', 'BGP-Static', 'gRIBI', 'MPLS'),
  values,
  nextHop,
  cookie: fc.bigInt({ min: 0n, max: 0xffffffffffffffffn }),
})
const formats: fc.Arbitrary<ReplyFormats> = fc.record({
  addresses: fc.constantFrom('string', 'bytes'),
  tables: fc.constantFrom('name', 'id'),
})
const numbers = { Direct: 1, Local: 2, Static: 11, Aggregate: 14, MPLS: 18, 'BGP-Static': 27, gRIBI: 29 } as const

describe('a route as a message', () => {
  test('is what protobuf-es writes, in both generations', async () => {
    const { routing } = await testRouting()
    const { rib } = routing
    const long = rib.addTable(`${'long'.repeat(40)}.inet.0`, 'inet', 'long')
    const buffer = new MessageBuffer()
    const written = (encoder: RouteEncoder, size: number) => {
      buffer.ensure(size)
      encoder.write(buffer)
      expect(buffer.at).toBe(size)
      return new Uint8Array(buffer.take())
    }
    fc.assert(
      fc.property(fc.array(route, { minLength: 1, maxLength: 5 }), formats, (routes, how) => {
        for (const one of routes) {
          const table = rib.table(one.table) ?? long
          const bits = table.family === 'inet' ? 32 : table.family === 'inet6' ? 128 : 20
          const length = table.family === 'mpls' ? bits * (one.length % 2) : Math.min(one.length, bits)
          const key = keyOf(table, one.words, length)
          const source = rib.attributes.source(one.protocol, 'client')
          putRoute(rib, table, { ...one, words: key, length, source, cookie: 0 })
          const row = table.routeOf(table.find(...key, length), source, 0, 0)
          table.rows.setCookie(row, Number(one.cookie & 0xffffffffn), Number(one.cookie >> 32n))
          for (const [dialect, schema] of [
            [classic, ClassicSchema],
            [modern, ModernSchema],
          ] as const) {
            const entry = expected(table, key, length, one, how, dialect === classic, id => rib.tableById(id))
            const encoder = new RouteEncoder(rib, table, dialect, how)
            // Twice: what routes share is kept from the first time.
            for (const _ of [1, 2])
              expect(written(encoder, encoder.measure(row))).toEqual(toBinary(schema, create(schema, entry)))
            const size = encoder.measureKey(...key, length, table.rows.cookieLow(row), table.rows.cookieHigh(row))
            const { key: onlyKey } = entry
            expect(written(encoder, size)).toEqual(toBinary(schema, create(schema, { key: onlyKey! } as object)))
          }
          table.remove(row)
        }
      }),
      { numRuns: 200 },
    )
  })
})

function keyOf({ family }: RoutingTable, given: Words, length: number): Words {
  const [k0, k1, k2, k3] = maskedWords(given, family === 'mpls' ? 128 : length)
  return family === 'inet6' ? [k0, k1, k2, k3] : [family === 'mpls' ? k0 & 0xfffff : k0, 0, 0, 0]
}

type Entry = MessageInitShape<typeof ClassicSchema>

/** The message of either generation, with oneofs under both names. */
function expected(
  table: RoutingTable,
  key: readonly [number, number, number, number],
  length: number,
  {
    values: given,
    nextHop: spec,
    protocol,
    cookie,
  }: { values: AttributeValues; nextHop: NextHopSpec; protocol: keyof typeof numbers; cookie: bigint },
  { addresses, tables }: ReplyFormats,
  isClassic: boolean,
  tableById: (id: number) => { id: number; name: string } | undefined,
): Entry {
  const oneof = (classicName: string, modernName: string, value: object) => ({
    [isClassic ? classicName : modernName]: value,
  })
  const addressMessage = (one: Address) =>
    oneof('Af', 'af', {
      case: one.family,
      value: oneof(
        'AddrFormat',
        'addrFormat',
        addresses === 'bytes'
          ? { case: 'addrBytes', value: one.bytes }
          : { case: 'addrString', value: formatAddress(one) },
      ),
    })
  const tableMessage = ({ id, name }: { id: number; name: string }) =>
    oneof(
      'RtTableFormat',
      'routeTableFormat',
      tables === 'id'
        ? { case: isClassic ? 'rttId' : 'id', value: { id } }
        : { case: isClassic ? 'rttName' : 'name', value: { name } },
    )
  const gatewayMessage = (one: Partial<Gateway>) => {
    const inTable = one.table === undefined ? undefined : tableById(one.table)
    return {
      ...(one.address ? { gatewayAddress: addressMessage(one.address) } : {}),
      interfaceName: one.interface ?? '',
      ...(one.localAddress ? { localAddress: addressMessage(one.localAddress) } : {}),
      ...(one.labels?.length
        ? {
            labelStack: {
              entries: one.labels.map(({ operation, label }) => ({
                opcode: { pop: 1, push: 2, swap: 3 }[operation],
                ...(operation === 'pop' ? {} : { labelEntry: { label } }),
              })),
            },
          }
        : {}),
      weight: one.weight ?? 0,
      bandwidth: one.bandwidth ?? 0,
      ...(one.tunnel === undefined
        ? {}
        : { flexibleTunnelProfile: typeof one.tunnel === 'string' ? { name: one.tunnel } : { name: 'a', action: 1 } }),
      ...(isClassic && inTable ? { table: tableMessage(inTable) } : {}),
    }
  }
  const gateways: Partial<Gateway>[] =
    spec.kind === 'gateways'
      ? [...spec.gateways]
      : spec.kind === 'interface' || spec.kind === 'local'
        ? [{ interface: spec.interface }]
        : spec.kind === 'table' && isClassic
          ? [{ table: spec.table }]
          : []
  const pairs = (...of: (number | undefined)[]) =>
    Object.fromEntries(of.flatMap((value, i) => (value === undefined ? [] : [[i, { value: value >>> 0 }]])))
  return {
    key: {
      destPrefix:
        table.family === 'mpls'
          ? oneof('Af', 'af', { case: 'mpls', value: { label: key[0] } })
          : addressMessage(addressOf(table.family as 'inet', key)),
      destPrefixLen: table.family === 'mpls' && length > 0 ? 52 : length,
      table: tableMessage(table),
      cookie,
    },
    nexthop: { gateways: gateways.map(gatewayMessage) },
    protocol: numbers[protocol],
    enableStats: given.enableStats ?? false,
    attributes: {
      preferences: pairs(given.preference, given.preference2),
      tags: pairs(given.tag, given.tag2),
      colors: pairs(given.color, given.color2),
      ...(isClassic ? { noAdvertise: given.noReadvertise ?? false, metrics: pairs(given.metric, given.metric2) } : {}),
    },
  } as Entry
}

describe('the text of an address', () => {
  test('is the one that is canonical', () => {
    fc.assert(
      fc.property(words, key => {
        const bytes = new Uint8Array(64)
        const text = (end: number) => Buffer.from(bytes.subarray(3, end)).toString()
        const inet = text(writeInet(key[0], bytes, 3))
        expect(inet).toBe(formatAddress(addressOf('inet', key)))
        expect(inetTextSize(key[0])).toBe(inet.length)
        expect(text(writeInet6(key, bytes, 3))).toBe(formatAddress(addressOf('inet6', key)))
      }),
    )
  })

  test.each([
    [[0, 0, 0xffff, 0xc0000201], '::ffff:192.0.2.1'],
    [[0, 0, 0, 0], '::'],
    [[0x20010db8, 0, 0, 1], '2001:db8::1'],
    [[0x20010000, 0x00000001, 0x00000000, 0x00000001], '2001:0:0:1::1'],
    [[1, 0x00010000, 0x00010000, 0x00010000], '0:1:1:0:1:0:1:0'],
  ] as const)('%j is %s', (key, text) => {
    const bytes = new Uint8Array(64)
    expect(Buffer.from(bytes.subarray(0, writeInet6(key, bytes, 0))).toString()).toBe(text)
  })
})
