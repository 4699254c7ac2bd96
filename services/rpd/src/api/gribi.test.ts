import { create, fromBinary, type MessageInitShape, toBinary } from '@bufbuild/protobuf'
import { Code, ConnectError } from '@connectrpc/connect'
import {
  type AFTOperationSchema,
  AFTType,
  FlushResponseError_Reason as FlushReason,
  FlushRequestSchema,
  type FlushResponseErrorSchema,
  FlushResponse_Result as FlushResult,
  GetRequestSchema,
  ModifyRequestSchema,
  type ModifyResponse,
  ModifyResponseSchema,
  AFTOperation_Operation as Op,
  ModifyRPCErrorDetails_Reason as Reason,
  AFTResult_Status as Status,
} from '@hangar/protocol/gribi_service_pb'
import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { jetCall } from '../testing/jet-call.ts'
import { testRouting } from '../testing/routing.ts'
import { gribi } from './gribi.ts'

type Operation = MessageInitShape<typeof AFTOperationSchema>
type Request = MessageInitShape<typeof ModifyRequestSchema>

let id = 0n
const operation = (op: Op, entry: Operation['entry'], more: Operation = {}): Operation => ({
  id: ++id,
  networkInstance: 'DEFAULT',
  op,
  entry: entry!,
  ...more,
})
const hop = (index: number, ipAddress: string, more: object = {}): Operation['entry'] => ({
  case: 'nextHop',
  value: { index: BigInt(index), nextHop: { ipAddress: { value: ipAddress }, ...more } },
})
const group = (number: number, hops: Record<number, number>, backup?: number): Operation['entry'] => ({
  case: 'nextHopGroup',
  value: {
    id: BigInt(number),
    nextHopGroup: {
      nextHop: Object.entries(hops).map(([index, weight]) => ({
        index: BigInt(index),
        nextHop: { weight: { value: BigInt(weight) } },
      })),
      ...(backup === undefined ? {} : { backupNextHopGroup: { value: BigInt(backup) } }),
    },
  },
})
const ipv4 = (prefix: string, number: number): Operation['entry'] => ({
  case: 'ipv4',
  value: { prefix, ipv4Entry: { nextHopGroup: { value: BigInt(number) } } },
})

describe('gRIBI', () => {
  let world: Awaited<ReturnType<typeof testRouting>>
  let service: ReturnType<typeof gribi>
  beforeEach(async () => {
    world = await testRouting()
    world.address('xe-0/0/0.0', '10.0.0.1/24')
    world.routing.rib.addTable('red.inet.0', 'inet', 'red')
    service = gribi(world.routing)
  })

  /** A stream that stays open: send waits for the answers to what it sent. */
  const open = (client: string) => {
    const queue: (Request | undefined)[] = []
    let wake = () => {}
    const requests = (async function* () {
      for (;;) {
        while (queue.length === 0) await new Promise<void>(resolve => (wake = resolve))
        const next = queue.shift()
        if (!next) return
        yield create(ModifyRequestSchema, next)
      }
    })()
    const answers = service.modify!(requests, jetCall(client))[Symbol.asyncIterator]()
    return {
      async send(request: Request, count = 1): Promise<ModifyResponse[]> {
        queue.push(request)
        wake()
        const heard: ModifyResponse[] = []
        for (let n = 0; n < count; n++) {
          const { value } = await answers.next()
          heard.push(
            fromBinary(ModifyResponseSchema, toBinary(ModifyResponseSchema, create(ModifyResponseSchema, value))),
          )
        }
        return heard
      },
      async end() {
        queue.push(undefined)
        wake()
        expect((await answers.next()).done).toBe(true)
      },
    }
  }
  const statuses = ([response]: ModifyResponse[]) => response!.result.map(({ status }) => Status[status])
  const ended = async (work: Promise<unknown>) => {
    const error = await work.then(() => undefined, ConnectError.from)
    const [detail] = error?.details ?? []
    return { code: error && Code[error.code], reason: detail && 'value' in detail ? detail.value : undefined }
  }
  const three = () => [
    operation(Op.ADD, hop(1, '10.0.0.7')),
    operation(Op.ADD, group(1, { 1: 1 })),
    operation(Op.ADD, ipv4('9.0.0.0/8', 1)),
  ]
  const single = { redundancy: 1, persistence: 1, ackType: 1 } as const

  test('programs destinations over groups and next hops', async () => {
    const stream = open('a')
    expect(statuses(await stream.send({ operation: three() }))).toEqual(Array(3).fill('RIB_PROGRAMMED'))
    expect(world.kernel.ways('inet.0', `${9 * 2 ** 24}/8`)).toEqual(['xe-0/0/0.0 10.0.0.7'])
    await stream.send({ operation: [operation(Op.ADD, hop(1, '10.0.0.8'))] })
    expect(world.kernel.ways('inet.0', `${9 * 2 ** 24}/8`)).toEqual(['xe-0/0/0.0 10.0.0.8'])
    const removal = [operation(Op.DELETE, ipv4('9.0.0.0/8', 1))]
    expect(statuses(await stream.send({ operation: removal }))).toEqual(['RIB_PROGRAMMED'])
    expect(world.kernel.ways('inet.0', `${9 * 2 ** 24}/8`)).toBeUndefined()
  })

  test('stands a backup group behind the first', async () => {
    world.address('xe-0/0/1.0', '10.0.1.1/24')
    const stream = open('a')
    const operations = [
      operation(Op.ADD, hop(1, '10.0.0.7')),
      operation(Op.ADD, hop(2, '10.0.1.7')),
      operation(Op.ADD, group(2, { 2: 1 })),
      operation(Op.ADD, group(1, { 1: 1 }, 2)),
      operation(Op.ADD, ipv4('9.0.0.0/8', 1)),
    ]
    expect(statuses(await stream.send({ operation: operations }))).toEqual(Array(5).fill('RIB_PROGRAMMED'))
    expect(world.kernel.ways('inet.0', `${9 * 2 ** 24}/8`)).toEqual(['xe-0/0/0.0 10.0.0.7', 'xe-0/0/1.0 10.0.1.7'])
    const loop = await stream.send({ operation: [operation(Op.ADD, group(2, { 2: 1 }, 1))] })
    expect(statuses(loop)).toEqual(['FAILED'])
  })

  test.each<[string, () => Operation]>([
    ['a group that is not there', () => operation(Op.ADD, ipv4('9.0.0.0/8', 99))],
    ['a next hop that is not there', () => operation(Op.ADD, group(5, { 99: 1 }))],
    ['replacing what is not there', () => operation(Op.REPLACE, ipv4('8.0.0.0/8', 1))],
    ['deleting what is not there', () => operation(Op.DELETE, ipv4('8.0.0.0/8', 1))],
    ['deleting what is referred to', () => operation(Op.DELETE, hop(1, ''))],
    ['no prefix', () => operation(Op.ADD, ipv4('nonsense', 1))],
    ['bits beyond the length', () => operation(Op.ADD, ipv4('9.0.0.1/8', 1))],
    ['another family', () => operation(Op.ADD, ipv4('2001:db8::/32', 1))],
    ['a group without next hops', () => operation(Op.ADD, group(5, {}))],
    ['index 0', () => operation(Op.ADD, hop(0, '10.0.0.7'))],
    ['a next hop of text', () => operation(Op.ADD, hop(1, 'nowhere'))],
    ['no network instance', () => operation(Op.ADD, ipv4('9.0.0.0/8', 1), { networkInstance: '' })],
    ['an unknown network instance', () => operation(Op.ADD, ipv4('9.0.0.0/8', 1), { networkInstance: 'blue' })],
    ['no entry', () => operation(Op.ADD, { case: undefined })],
    ['no operation', () => operation(Op.INVALID, ipv4('9.0.0.0/8', 1))],
    [
      'a label of 21 bits',
      () => operation(Op.ADD, { case: 'mpls', value: { label: { case: 'labelUint64', value: 2n ** 20n } } }),
    ],
    [
      'a kind that is not modelled',
      () => operation(Op.ADD, { case: 'macEntry', value: { macAddress: '00:00:5e:00:53:01' } }),
    ],
    ['an election id among all primaries', () => operation(Op.ADD, ipv4('9.0.0.0/8', 1), { electionId: { low: 1n } })],
  ])('refuses %s, and changes nothing', async (_, make) => {
    const stream = open('a')
    await stream.send({ operation: three() })
    const [response] = await stream.send({ operation: [make()] })
    expect(response!.result).toMatchObject([{ status: Status.FAILED }])
    expect(response!.result[0]!.errorDetails?.errorMessage).not.toBe('')
    expect(world.kernel.ways('inet.0', `${9 * 2 ** 24}/8`)).toEqual(['xe-0/0/0.0 10.0.0.7'])
    expect(world.routing.rib.table('inet.0')!.destinations).toBe(3)
  })

  test('tells the forwarding table apart where it was asked to', async () => {
    const stream = open('a')
    expect((await stream.send({ params: { ackType: 1 } }))[0]!.sessionParamsResult).toBeDefined()
    const operations = [
      ...three(),
      operation(Op.ADD, hop(2, '172.16.0.1')),
      operation(Op.ADD, group(2, { 2: 1 })),
      operation(Op.ADD, ipv4('8.0.0.0/8', 2)),
    ]
    const [rib, fib] = await stream.send({ operation: operations }, 2)
    expect(statuses([rib!])).toEqual(Array(6).fill('RIB_PROGRAMMED'))
    expect(statuses([fib!])).toEqual([...Array(5).fill('FIB_PROGRAMMED'), 'FIB_FAILED'])
  })

  test('takes entries with the stream, unless they are to persist', async () => {
    const stream = open('a')
    await stream.send({ operation: three() })
    await stream.end()
    expect(world.routing.rib.table('inet.0')!.destinations).toBe(2)
    const other = open('b')
    await other.send({ params: { persistence: 1 } })
    await other.send({ operation: three() })
    await other.end()
    expect(world.routing.rib.table('inet.0')!.destinations).toBe(3)
    await world.clock.advance(1_000_000)
    expect(world.routing.rib.table('inet.0')!.destinations).toBe(3)
  })

  test('keeps what another primary wants too', async () => {
    const [a, b] = [open('a'), open('b')]
    await a.send({ operation: three() })
    await b.send({ operation: three() })
    await a.send({ operation: [operation(Op.DELETE, ipv4('9.0.0.0/8', 1))] })
    await a.end()
    expect(world.kernel.ways('inet.0', `${9 * 2 ** 24}/8`)).toEqual(['xe-0/0/0.0 10.0.0.7'])
    await b.end()
    expect(world.routing.rib.table('inet.0')!.destinations).toBe(2)
  })

  test('elects the highest of single primaries', async () => {
    const [a, b] = [open('a'), open('b')]
    for (const stream of [a, b]) await stream.send({ params: single })
    const elected = async (stream: typeof a, low: bigint) =>
      (await stream.send({ electionId: { low } }))[0]!.electionId?.low
    expect(await elected(a, 5n)).toBe(5n)
    const by = (low: bigint, of = three()): Request => ({
      operation: of.map(one => ({ ...one, electionId: { low } }) as Operation),
    })
    expect(statuses(await a.send(by(5n), 2))).toEqual(Array(3).fill('RIB_PROGRAMMED'))
    expect(await elected(b, 7n)).toBe(7n)
    expect(statuses(await a.send(by(5n)))).toEqual(Array(3).fill('FAILED'))
    expect(statuses(await b.send(by(6n)))).toEqual(Array(3).fill('FAILED'))
    expect(statuses(await b.send({ operation: three() }))).toEqual(Array(3).fill('FAILED'))
    expect(statuses(await b.send(by(7n), 2))).toEqual(Array(3).fill('RIB_PROGRAMMED'))
    expect(await elected(a, 3n)).toBe(7n)
    const removal = by(7n, [operation(Op.DELETE, ipv4('9.0.0.0/8', 1))])
    expect(statuses(await b.send(removal, 2))).toEqual(['RIB_PROGRAMMED'])
  })

  test('ends a stream that breaks the rules, with the reason in the details', async () => {
    const a = open('a')
    await a.send({ params: { persistence: 1 } })
    const reason = (value: Reason) => ({ code: 'FailedPrecondition', reason: { reason: value } })
    expect(await ended(open('b').send({ params: {} }))).toEqual(reason(Reason.PARAMS_DIFFER_FROM_OTHER_CLIENTS))
    expect(await ended(a.send({ params: { persistence: 1 } }))).toEqual(reason(Reason.MODIFY_NOT_ALLOWED))
    expect(await ended(open('c').send({ electionId: { low: 1n } }))).toEqual(reason(Reason.ELECTION_ID_IN_ALL_PRIMARY))
    const d = open('d')
    await d.send({ params: single })
    expect(await ended(d.send({ electionId: {} }))).toMatchObject({ code: 'InvalidArgument' })
    expect(await ended(open('e').send({ params: single, operation: three() }))).toMatchObject({
      code: 'InvalidArgument',
    })
  })

  test('gives entries back as they were sent', async () => {
    const stream = open('a')
    await stream.send({ operation: [...three(), operation(Op.ADD, hop(2, '10.0.0.9'), { networkInstance: 'red' })] })
    const get = async (request: MessageInitShape<typeof GetRequestSchema>) => {
      const found: unknown[] = []
      for await (const { entry } of service.get!(create(GetRequestSchema, request), jetCall('r'))) found.push(...entry!)
      return found as { networkInstance: string; entry: { case: string; value: object }; fibStatus: number }[]
    }
    const all = await get({ networkInstance: { case: 'all', value: {} }, aft: AFTType.ALL })
    expect(all.map(({ networkInstance, entry }) => `${networkInstance} ${entry.case}`)).toEqual([
      'DEFAULT nextHop',
      'DEFAULT nextHopGroup',
      'DEFAULT ipv4',
      'red nextHop',
    ])
    const [only] = await get({ networkInstance: { case: 'name', value: 'DEFAULT' }, aft: AFTType.IPV4 })
    expect(only).toMatchObject({ entry: { value: { prefix: '9.0.0.0/8' } }, ribStatus: 1, fibStatus: 1 })
    for (const request of [
      {},
      { networkInstance: { case: 'name', value: 'blue' }, aft: AFTType.ALL },
      { networkInstance: { case: 'all', value: {} } },
      { networkInstance: { case: 'all', value: {} }, aft: AFTType.MAC },
      { networkInstance: { case: 'all', value: {} }, aft: 77 },
    ] as MessageInitShape<typeof GetRequestSchema>[])
      await expect(get(request)).rejects.toBeInstanceOf(ConnectError)
  })

  test('flushes an instance, or all, and says what has to stay', async () => {
    const stream = open('a')
    const flush = async (request: MessageInitShape<typeof FlushRequestSchema>) =>
      FlushResult[(await service.flush!(create(FlushRequestSchema, request), jetCall('f'))).result!]
    await stream.send({ operation: three() })
    const inRed = ipv4('9.0.0.0/8', 1)
    if (inRed?.case === 'ipv4') inRed.value.ipv4Entry!.nextHopGroupNetworkInstance = { value: 'DEFAULT' }
    await stream.send({ operation: [operation(Op.ADD, inRed, { networkInstance: 'red' })] })
    const named = (value: string) => ({ networkInstance: { case: 'name' as const, value } })
    expect(await flush(named('DEFAULT'))).toBe('NON_ZERO_REFERENCE_REMAIN')
    expect(world.routing.rib.table('red.inet.0')!.destinations).toBe(1)
    expect(await flush({ networkInstance: { case: 'all', value: {} } })).toBe('OK')
    expect(world.routing.rib.table('red.inet.0')!.destinations).toBe(0)
    expect(world.routing.rib.table('inet.0')!.destinations).toBe(2)
    const refused = async (request: MessageInitShape<typeof FlushRequestSchema>) => {
      const { reason } = await ended(flush(request))
      return FlushReason[(reason as MessageInitShape<typeof FlushResponseErrorSchema>).status!]
    }
    expect(await refused({})).toBe('UNSPECIFIED_NETWORK_INSTANCE')
    expect(await refused(named(''))).toBe('INVALID_NETWORK_INSTANCE')
    expect(await refused(named('blue'))).toBe('NO_SUCH_NETWORK_INSTANCE')
    expect(await refused({ ...named('red'), election: { case: 'id', value: { low: 1n } } })).toBe(
      'ELECTION_ID_IN_ALL_PRIMARY',
    )
    await stream.end()
    const primary = open('p')
    await primary.send({ params: single })
    await primary.send({ electionId: { low: 9n } })
    expect(await refused(named('red'))).toBe('UNSPECIFIED_ELECTION_BEHAVIOR')
    expect(await refused({ ...named('red'), election: { case: 'id', value: { low: 8n } } })).toBe('NOT_PRIMARY')
    expect(await refused({ ...named('red'), election: { case: 'id', value: {} } })).toBe('INVALID_ELECTION_ID')
    expect(await flush({ ...named('red'), election: { case: 'id', value: { low: 9n } } })).toBe('OK')
    expect(await flush({ ...named('red'), election: { case: 'override', value: {} } })).toBe('OK')
  })

  test('whatever is sent, destinations lead where their entries say', async () => {
    const entry = fc.oneof(
      fc.record({
        kind: fc.constant('hop' as const),
        key: fc.integer({ min: 0, max: 3 }),
        to: fc.integer({ min: 2, max: 5 }),
      }),
      fc.record({
        kind: fc.constant('group' as const),
        key: fc.integer({ min: 0, max: 3 }),
        to: fc.integer({ min: 0, max: 3 }),
      }),
      fc.record({
        kind: fc.constant('ipv4' as const),
        key: fc.integer({ min: 1, max: 4 }),
        to: fc.integer({ min: 0, max: 3 }),
      }),
    )
    const step = fc.record({ op: fc.constantFrom(Op.ADD, Op.REPLACE, Op.DELETE), entry })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async steps => {
        const { routing, kernel, address } = await testRouting()
        address('xe-0/0/0.0', '10.0.0.1/24')
        service = gribi(routing)
        const stream = open('a')
        const model = {
          hop: new Map<number, number>(),
          group: new Map<number, number>(),
          ipv4: new Map<number, number>(),
        }
        for (const { op, entry: given } of steps) {
          const { kind, key, to } = given
          const held = model[kind].has(key)
          const refers = kind === 'ipv4' ? model.group.has(to) : kind === 'group' ? model.hop.has(to) : true
          const used =
            kind === 'hop'
              ? [...model.group.values()].includes(key)
              : kind === 'group' && [...model.ipv4.values()].includes(key)
          const zero = kind !== 'ipv4' && key === 0
          const good = !zero && (op === Op.ADD ? refers : op === Op.REPLACE ? held && refers : held && !used)
          if (good && op === Op.DELETE) model[kind].delete(key)
          else if (good) model[kind].set(key, to)
          const message =
            kind === 'hop'
              ? hop(key, `10.0.0.${to}`)
              : kind === 'group'
                ? group(key, { [to]: 1 })
                : ipv4(`${key}.0.0.0/8`, to)
          expect(statuses(await stream.send({ operation: [operation(op, message)] }))).toEqual([
            good ? 'RIB_PROGRAMMED' : 'FAILED',
          ])
        }
        for (let key = 1; key <= 4; key++) {
          const to = model.hop.get(model.group.get(model.ipv4.get(key) ?? -1) ?? -1)
          const ways = to === undefined ? undefined : [`xe-0/0/0.0 10.0.0.${to}`]
          expect(kernel.ways('inet.0', `${key * 2 ** 24}/8`)).toEqual(ways)
        }
      }),
      { numRuns: 60 },
    )
  })
})
