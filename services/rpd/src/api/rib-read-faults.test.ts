import { RouteOperStatus as Status } from '@hangar/protocol/rib_service_pb'
import { describe, expect, test } from 'vitest'
import { putRoute } from '../rib/put-route.ts'
import { readApis, type TestAnswer, type TestKey } from '../testing/rib-reads.ts'
import { testRouting } from '../testing/routing.ts'

describe.each(Object.entries(readApis))('RouteGet of the %s RIB API', (generation, api) => {
  const otherFamily = generation === 'modern' ? Status.TABLE_INVALID : Status.PREFIX_INVALID
  test.each<[string, TestKey, object, Status]>([
    ['no key', { table: undefined } as unknown as TestKey, {}, Status.TABLE_INVALID],
    ['an unknown table', { table: 'red.inet.0' }, {}, Status.TABLE_INVALID],
    ['an unknown number', { table: 99 }, {}, Status.TABLE_INVALID],
    ['a very long name', { table: 'ä'.repeat(30_000) }, {}, Status.TABLE_INVALID],
    ['a table of other destinations', { table: 'bgp.l3vpn.0' }, {}, Status.TABLE_INVALID],
    ['no address', { prefix: '10.0.0', length: 8 }, {}, Status.PREFIX_INVALID],
    ['an empty address', { prefix: '', length: 8 }, {}, Status.PREFIX_INVALID],
    ['a very long address', { prefix: '1'.repeat(65_536), length: 8 }, {}, Status.PREFIX_INVALID],
    [
      'an address that is of another family than it says',
      { prefix: '10.0.0.0', family: 'inet6', table: 'inet6.0' },
      {},
      Status.PREFIX_INVALID,
    ],
    ['an address of another family than the table', { prefix: '2001:db8::', length: 32 }, {}, otherFamily],
    ['a label in a table of addresses', { prefix: 17, length: 52 }, {}, otherFamily],
    ['a length alone', { length: 8 }, {}, Status.PREFIX_INVALID],
    ['a length beyond the address', { prefix: '10.0.0.0', length: 33 }, {}, Status.PREFIX_LEN_TOO_LONG],
    [
      'a length beyond an IPv6 address',
      { prefix: '::', length: 129, table: 'inet6.0' },
      {},
      Status.PREFIX_LEN_TOO_LONG,
    ],
    ['a length beyond a label', { prefix: 17, length: 53, table: 'mpls.0' }, {}, Status.PREFIX_LEN_TOO_LONG],
    ['a length within a label', { prefix: 17, length: 20, table: 'mpls.0' }, {}, Status.PREFIX_LEN_TOO_SHORT],
    ['bits beyond the length', { prefix: '10.0.0.1', length: 24 }, {}, Status.PREFIX_LEN_TOO_SHORT],
    ['a label of more than 20 bits', { prefix: 1 << 20, length: 52, table: 'mpls.0' }, {}, Status.MPLS_LABEL_INVALID],
    ['no way to match', {}, { matchType: 3 }, Status.REQUEST_INVALID],
    ['nothing that is there', { prefix: '11.0.0.0', length: 8 }, {}, Status.ROUTE_NOT_FOUND],
    ['an empty table', { table: 'inet.3' }, {}, Status.ROUTE_NOT_FOUND],
  ])('answers %s in one message', async (_, key, more, status) => {
    const { routing } = await testRouting()
    const { rib } = routing
    putRoute(rib, rib.table('inet.0')!, {
      words: [0x0a000000, 0, 0, 0],
      length: 8,
      source: rib.attributes.source('Static', 'app'),
      values: { preference: 5, preference2: 100 },
      nextHop: { kind: 'discard' },
    })
    const answers: TestAnswer[] = []
    for await (const answer of api(routing).get('reader', { table: 'inet.0', ...key }, more)) answers.push(answer)
    expect(answers).toEqual([
      { code: status, message: generation === 'modern' ? expect.stringMatching(/./) : undefined, routes: [] },
    ])
  })
})
