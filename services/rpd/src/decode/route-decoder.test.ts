import { create, type DescMessage, fromBinary, type MessageShape, toBinary } from '@bufbuild/protobuf'
import * as modernBase from '@hangar/protocol/jnx_routing_base_types_pb'
import * as modern from '@hangar/protocol/jnx_routing_rib_service_pb'
import * as classicBase from '@hangar/protocol/prpd_common_pb'
import * as classic from '@hangar/protocol/rib_service_pb'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addressIn } from '../api/address-message.ts'
import type { NetworkMessage } from '../api/rib/gateways.ts'
import { readMessage } from '../api/rib/write-requests.ts'
import { wordsOf } from '../rib/words.ts'
import { encodings, field, varint } from '../testing/encodings.ts'
import { Destination, MOST_ROUTES } from './route-columns.ts'
import { RouteDecoder } from './route-decoder.ts'

interface KeyMessage {
  destPrefix?: NetworkMessage | undefined
  destPrefixLen: number
  table?: object | undefined
  cookie: bigint
}

/** Both generations' messages; what is made of sub-messages is the sub-messages themselves, written again. */
const generations = {
  classic: {
    update: classic.RouteUpdateRequestSchema as DescMessage,
    remove: classic.RouteRemoveRequestSchema as DescMessage,
    table: classicBase.RouteTableSchema as DescMessage,
    nextHop: classic.RouteNexthopSchema as DescMessage,
    attributes: classic.RouteAttributesSchema as DescMessage,
    trafficStats: true,
  },
  modern: {
    update: modern.RouteUpdateRequestSchema as DescMessage,
    remove: modern.RouteDeleteRequestSchema as DescMessage,
    table: modernBase.RouteTableSchema as DescMessage,
    nextHop: modern.RouteNexthopSchema as DescMessage,
    attributes: modern.RouteAttributesSchema as DescMessage,
    trafficStats: false,
  },
}

function written(schema: DescMessage, message: object | undefined): string {
  const bytes = toBinary(schema, (message as MessageShape<DescMessage>) ?? create(schema), {
    writeUnknownFields: false,
  })
  return Buffer.from(bytes).toString('hex')
}

function keyOf(schema: DescMessage, key: KeyMessage | undefined) {
  const choice = key?.destPrefix?.Af ?? key?.destPrefix?.af
  const address = choice?.case === 'inet' || choice?.case === 'inet6' ? addressIn(choice.value, choice.case) : undefined
  const destination =
    choice?.case === undefined
      ? Destination.absent
      : choice.case === 'mpls'
        ? Destination.mpls
        : address
          ? Destination[choice.case]
          : Destination.wrong
  return {
    destination,
    words: address ? wordsOf(address) : choice?.case === 'mpls' ? [choice.value.label, 0, 0, 0] : undefined,
    length: key?.destPrefixLen ?? 0,
    cookie: key?.cookie ?? 0n,
    table: written(schema, key?.table),
  }
}

describe.each(Object.entries(generations))(
  '%s requests in columns',
  (_name, { update, remove, trafficStats, ...parts }) => {
    const newDecoder = () =>
      new RouteDecoder<string, string, string>({
        nextHop: bytes => written(parts.nextHop, readMessage(parts.nextHop, bytes)),
        attributes: bytes => written(parts.attributes, readMessage(parts.attributes, bytes)),
        table: bytes => written(parts.table, readMessage(parts.table, bytes)),
        trafficStats,
      })
    const decoder = newDecoder()

    const keyInColumns = (columns: typeof decoder.columns, i: number) => {
      const destination = columns.destination[i]!
      const valid = destination !== Destination.absent && destination !== Destination.wrong
      return {
        destination,
        words: valid ? [...columns.words.subarray(4 * i, 4 * i + 4)] : undefined,
        length: columns.length[i],
        cookie: (BigInt(columns.cookieHigh[i]!) << 32n) | BigInt(columns.cookieLow[i]!),
        table: columns.tables[i],
      }
    }
    const byUs = (bytes: Uint8Array) => {
      const columns = decoder.update(bytes)
      return Array.from({ length: columns.count }, (_, i) => ({
        ...keyInColumns(columns, i),
        nextHop: columns.nextHops[i],
        attributes: columns.attributes[i],
        stats: columns.stats[i] === 1,
      }))
    }
    const byLibrary = (bytes: Uint8Array) => {
      const { routes } = fromBinary(update, bytes) as unknown as {
        routes: { key?: KeyMessage; nexthop?: object; attributes?: object; enableStats: boolean }[]
      }
      return routes.map(({ key, nexthop, attributes, enableStats }) => ({
        ...keyOf(parts.table, key),
        nextHop: written(parts.nextHop, nexthop),
        attributes: written(parts.attributes, attributes),
        stats: enableStats,
      }))
    }
    const attempt = <T>(act: () => T): T | 'malformed' => {
      try {
        return act()
      } catch {
        return 'malformed'
      }
    }

    test('say what protobuf-es says, whatever is written how often and in which order', () => {
      fc.assert(
        fc.property(encodings(update, 4), ({ bytes, plain }) => {
          expect(byUs(bytes)).toEqual(byLibrary(plain))
        }),
        { numRuns: 600 },
      )
    })

    test('keys say what protobuf-es says', () => {
      fc.assert(
        fc.property(encodings(remove, 4), ({ bytes, plain }) => {
          const columns = decoder.keys(bytes)
          const { keys } = fromBinary(remove, plain) as unknown as { keys: KeyMessage[] }
          const ours = Array.from({ length: columns.count }, (_, i) => keyInColumns(columns, i))
          expect(ours).toEqual(keys.map(key => keyOf(parts.table, key)))
        }),
        { numRuns: 200 },
      )
    })

    test('that end too early are no message', () => {
      fc.assert(
        fc.property(encodings(update, 3), fc.double({ min: 0, max: 1, noNaN: true }), ({ plain }, where) => {
          const bytes = plain.subarray(0, Math.floor(where * plain.length))
          expect(attempt(() => byUs(bytes))).toEqual(attempt(() => byLibrary(bytes)))
        }),
        { numRuns: 300 },
      )
    })

    test('with any byte changed are read or refused, and the next request is read as ever', () => {
      const good = fc.sample(encodings(update, 3), { numRuns: 1, seed: 7 })[0]!
      fc.assert(
        fc.property(encodings(update, 3), fc.nat(), fc.nat(255), ({ bytes }, at, value) => {
          const changed = Uint8Array.from(bytes)
          changed[at % Math.max(1, changed.length)] = value
          attempt(() => byUs(changed))
          expect(byUs(good.bytes)).toEqual(byLibrary(good.plain))
        }),
        { numRuns: 300 },
      )
    })

    const utf8Field = (text: Uint8Array) => field(1, 2, field(1, 2, field(1, 2, field(1, 2, field(1, 2, text)))))
    test.each([
      ['a text that is no UTF-8', utf8Field(Uint8Array.of(0x31, 0xff))],
      [
        'a table name that is no UTF-8',
        field(1, 2, field(1, 2, field(3, 2, field(2, 2, field(1, 2, Uint8Array.of(0xc3)))))),
      ],
      ['an interface name that is no UTF-8', field(1, 2, field(2, 2, field(1, 2, field(2, 2, Uint8Array.of(0xc3)))))],
      ['field number 0', Uint8Array.of(0x02, 0x00)],
      [
        'a varint of 11 bytes',
        field(1, 2, field(1, 2, Uint8Array.of(0x10, ...Array.from({ length: 10 }, () => 0x80), 0))),
      ],
      ['a varint that ends too early', Uint8Array.of(0x10, 0x80)],
      ['a tag of more than 32 bits', Uint8Array.of(0x90, 0x80, 0x80, 0x80, 0x10, 0)],
      ['a group that does not end', field(50, 3)],
      ['a group that ends as another', Buffer.concat([field(50, 3), field(51, 4)])],
      ['an end without a group', field(50, 4)],
      ['groups nested too deeply', Buffer.concat(Array.from({ length: 200 }, () => field(50, 3)))],
      ['wire type 6', Uint8Array.of(0x16, 0)],
      ['a fixed number that ends too early', Uint8Array.of(0x15, 1, 2, 3)],
      ['a length of more than the message', Uint8Array.of(0x0a, 0xff, 0xff, 0xff, 0xff, 0x0f, 0)],
    ])('%s is no message', (_what, bytes) => {
      expect(attempt(() => byUs(bytes))).toBe('malformed')
      expect(attempt(() => byLibrary(bytes))).toBe('malformed')
    })

    // protobuf-es reads on behind the end; protobuf's own readers do not.
    test('a field that is longer than its message is no message', () => {
      const bytes = Uint8Array.of(0x0a, 0x02, 0x0a, 0x05, 1, 2, 3, 4, 5)
      expect(attempt(() => byUs(bytes))).toBe('malformed')
    })

    test('beyond 1000 entries only their number counts', () => {
      const entry = field(1, 2, field(1, 2, field(2, 0, varint(24))))
      const bytes = Buffer.concat(Array.from({ length: MOST_ROUTES + 5 }, () => entry))
      expect(decoder.update(bytes).count).toBe(MOST_ROUTES + 5)
      expect(decoder.columns.length[MOST_ROUTES - 1]).toBe(24)
      expect(attempt(() => decoder.update(bytes.subarray(0, bytes.length - 1)))).toBe('malformed')
    })
  },
)

describe('two fields whose types changed between releases', () => {
  const decoder = new RouteDecoder<classic.RouteNexthop, undefined, undefined>({
    nextHop: bytes => readMessage(classic.RouteNexthopSchema, bytes),
    attributes: () => undefined,
    table: () => undefined,
    trafficStats: true,
  })
  const gateway = (...fields: Uint8Array[]) =>
    decoder.update(field(1, 2, field(2, 2, field(1, 2, ...fields)))).nextHops[0]!.gateways[0]!

  test('a weight of 18.3 is no tunnel profile', () => {
    const { flexibleTunnelProfile, weight, interfaceName } = gateway(
      field(5, 0, varint(7)),
      field(2, 2, Buffer.from('xe-0/0/0.0')),
    )
    expect({ flexibleTunnelProfile, weight, interfaceName }).toEqual({
      flexibleTunnelProfile: undefined,
      weight: 0,
      interfaceName: 'xe-0/0/0.0',
    })
  })

  test('enable_stats of 21.4 is no table', () => {
    const { table, weight } = gateway(field(8, 0, varint(1)), field(7, 0, varint(3)))
    expect({ table, weight }).toEqual({ table: undefined, weight: 3 })
  })
})
