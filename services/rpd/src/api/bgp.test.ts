import { create, fromBinary, type MessageInitShape, toBinary } from '@bufbuild/protobuf'
import { emptyRoot, loadSet, viewOf } from '@hangar/junos-config'
import {
  type BgpRouteEntry,
  BgpRouteEntrySchema,
  BgpRouteGetReplySchema,
  BgpRouteMatchSchema,
  BgpRouteMonitorRegisterReplySchema,
  BgpRouteCleanupReply_BgpRouteCleanupStatus as CleanupStatus,
  BgpRouteGetReply_BgpRouteGetStatus as GetStatus,
  BgpRouteInitializeReply_BgpRouteInitializeStatus as InitializeStatus,
  BgpRouteMonitorEntry_BgpRouteMonitorOper as MonitorOperation,
  BgpRouteOperReply_BgpRouteOperStatus as OperStatus,
  BgpRouteMonitorRegisterReply_BgpRouteMonitorRegisterStatus as RegisterStatus,
} from '@hangar/protocol/bgp_route_service_pb'
import {
  CleanupResponse_StatusCode as CleanupCode,
  RouteGetResponse_StatusCode as GetCode,
  InitializeResponse_StatusCode as InitializeCode,
  RouteOperResponse_StatusCode as OperCode,
  RouteEntrySchema,
  RouteGetResponseSchema,
  RouteSubscribeResponseSchema,
  RouteSubscribeResponse_StatusCode as SubscribeCode,
  RouteSubscribeEntry_RouteSubscribeOper as SubscribeOperation,
} from '@hangar/protocol/jnx_routing_bgp_service_pb'
import { LabelOperation } from '@hangar/protocol/prpd_common_pb'
import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { BgpService } from '../bgp/bgp-service.ts'
import { classicEntry, modernEntry } from '../bgp/modern-entry.ts'
import { applyConfiguration } from '../configuration/configuration.ts'
import type { Routing } from '../routing.ts'
import { jetCall } from '../testing/jet-call.ts'
import { testRouting } from '../testing/routing.ts'
import { bgpClassic } from './bgp-classic.ts'
import { bgpModern } from './bgp-modern.ts'

type Init = MessageInitShape<typeof BgpRouteEntrySchema>
type Prefix = NonNullable<Init['destPrefix']>

const ip = (value: string) => ({ AddrFormat: { case: 'addrString' as const, value } })
const named = (name: string): NonNullable<Init['table']> => ({ RtTableFormat: { case: 'rttName', value: { name } } })
const inet = (value: string) => ({ RoutePrefixAf: { case: 'inet' as const, value: ip(value) } })
/** A route that is right, with parts of it as a test wants them. */
const route = (more: Init = {}): BgpRouteEntry =>
  create(BgpRouteEntrySchema, {
    destPrefix: inet('9.0.0.0'),
    destPrefixLen: 8,
    table: named('inet.0'),
    protocol: 2,
    protocolNexthops: [ip('10.0.0.7')],
    ...more,
  } as Init)
const vpn = (address: string, more: Init = {}): BgpRouteEntry =>
  route({
    destPrefix: {
      RoutePrefixAf: {
        case: 'inetvpn',
        value: {
          rd: { RdFormat: { case: 'rd0', value: { asNumber: 65000, assignedNumber: 1 } } },
          vpnAddr: ip(address),
        },
      },
    },
    table: named('bgp.l3vpn.0'),
    ...more,
  } as Init)
const segments = (...labels: number[]) =>
  labels.map(label => ({ SRTEType: { case: 'segmentType1' as const, value: { sidLabelEntry: { label } } } }))
const policyRoute = (policy: object | undefined, more: Init = {}): BgpRouteEntry =>
  route({
    destPrefix: {
      RoutePrefixAf: { case: 'inetSrtePolicy', value: { destination: ip('10.9.9.9'), srColor: { color: 100 } } },
    },
    destPrefixLen: 0,
    table: named('inetcolor.0'),
    protocolNexthops: [],
    ...(policy ? { routeData: { RouteDataAf: { case: 'srtePolicyData', value: policy } } } : {}),
    ...more,
  } as Init)
const flowRoute = (flow: object, data: object | undefined = { discard: true }): BgpRouteEntry =>
  route({
    destPrefix: { RoutePrefixAf: { case: 'inetFlowspec', value: flow } } as Prefix,
    destPrefixLen: 0,
    table: named('inetflow.0'),
    protocolNexthops: [],
    ...(data ? { routeData: { RouteDataAf: { case: 'flowspecData', value: data } } } : {}),
  } as Init)
const flow = { destination: ip('9.0.0.0'), destPrefixLen: 8, destPorts: { rangeList: [{ min: 80, max: 80 }] } }
const list = (...lists: object[]) => ({ segmentLists: lists })

/** Both generations, spoken to in the classic one's messages. */
interface Speaker {
  initialize(client: string, session?: string): Promise<{ status: string; routes: number }>
  cleanup(client: string, session?: string): Promise<string>
  put(
    client: string,
    operation: 'Add' | 'Modify' | 'Update',
    routes: BgpRouteEntry[],
  ): Promise<[status: string, completed: number]>
  remove(client: string, routes: Init[], orLonger?: boolean): Promise<[status: string, completed: number]>
  get(
    client: string,
    match: Init,
    more?: object,
  ): Promise<{ status: string; routes: BgpRouteEntry[]; messages: number }>
  monitor(
    client: string,
    count: number,
    signal: AbortSignal,
    session?: string,
  ): AsyncIterator<{ status: string; notices: string[] }>
  unregister(client: string): Promise<string>
  refresh(client: string): Promise<string>
}

/** As it is after a trip over the wire. */
const said = (one: BgpRouteEntry | undefined) => {
  const prefix = one?.destPrefix?.RoutePrefixAf.value as { AddrFormat?: { value?: unknown } } | undefined
  return `${prefix?.AddrFormat?.value}/${one?.destPrefixLen}`
}

const generations: Record<string, (routing: Routing) => Speaker> = {
  classic(routing) {
    const service = bgpClassic(new BgpService(routing))
    const oper = (answer: { status?: number; operationsCompleted?: number }): [string, number] => [
      OperStatus[answer.status ?? 0]!,
      answer.operationsCompleted ?? 0,
    ]
    return {
      async initialize(client, session) {
        const { status, gwNRoutes } = await service.bgpRouteInitialize!({} as never, jetCall(client, session))
        return { status: InitializeStatus[status ?? 0]!, routes: gwNRoutes ?? 0 }
      },
      async cleanup(client, session) {
        return CleanupStatus[(await service.bgpRouteCleanup!({} as never, jetCall(client, session))).status ?? 0]!
      },
      async put(client, operation, routes) {
        return oper(await service[`bgpRoute${operation}`]!({ bgpRoutes: routes } as never, jetCall(client)))
      },
      async remove(client, routes, orLonger = false) {
        const bgpRoutes = routes.map(({ communities, ...one }) =>
          create(BgpRouteMatchSchema, { ...(one as object), ...(communities ? { communities } : {}) } as never),
        )
        return oper(await service.bgpRouteRemove!({ bgpRoutes, orLonger } as never, jetCall(client)))
      },
      async get(client, match, more = {}) {
        const request = {
          bgpRoute: create(BgpRouteMatchSchema, match as never),
          orLonger: false,
          activeOnly: false,
          routeCount: 10,
          ...more,
        }
        const routes: BgpRouteEntry[] = []
        let status = ''
        let messages = 0
        for await (const answer of service.bgpRouteGet!(request as never, jetCall(client))) {
          const reply = create(BgpRouteGetReplySchema, answer)
          status = GetStatus[reply.status]!
          routes.push(...reply.bgpRoutes)
          messages++
        }
        return { status, routes, messages }
      },
      async *monitor(client, count, signal, session) {
        const request = { replyAddressFormat: 0, replyTableFormat: 0, routeCount: count }
        for await (const answer of service.bgpRouteMonitorRegister!(
          request as never,
          jetCall(client, session, signal),
        )) {
          const { status, monitorEntries } = create(BgpRouteMonitorRegisterReplySchema, answer)
          const notices = monitorEntries.map(one =>
            one.operation === MonitorOperation.END_OF_RIBS
              ? 'end'
              : `${one.operation ? '-' : '+'}${said(one.bgpRoute)}`,
          )
          yield { status: RegisterStatus[status]!, notices }
        }
      },
      unregister: async client =>
        ['SUCCESS', '', 'NOT_INITIALIZED', 'NOT_REGISTERED'][
          (await service.bgpRouteMonitorUnregister!({} as never, jetCall(client))).status ?? 0
        ]!,
      refresh: async client =>
        ['SUCCESS', '', 'NOT_INITIALIZED', 'NOT_REGISTERED'][
          (await service.bgpRouteMonitorRefresh!({} as never, jetCall(client))).status ?? 0
        ]!,
    }
  },
  modern(routing) {
    const service = bgpModern(new BgpService(routing), routing)
    const onWire = (one: BgpRouteEntry) =>
      fromBinary(RouteEntrySchema, toBinary(RouteEntrySchema, { ...modernEntry(one), key: keyOf(one) }))
    const keyOf = (one: BgpRouteEntry) => {
      const key = modernEntry(one).key!
      // 2 is the classic number of BGP-Static, 1 that of BGP.
      key.protocol = one.protocol === 2 ? 27 : one.protocol === 1 ? 10 : (one.protocol as number)
      return key
    }
    const oper = (answer: {
      status?: { code?: number } | undefined
      subCode?: number
      operationsCompleted?: number
    }): [string, number] => {
      expect(answer.status?.code === 0).toBe((answer.subCode ?? 0) === 0)
      return [OperCode[answer.subCode ?? 0]!, answer.operationsCompleted ?? 0]
    }
    const match = (one: Init) => {
      const { communities, ...rest } = one
      const whole = create(BgpRouteEntrySchema, {
        ...(rest as object),
        ...(communities ? { communities } : {}),
      } as Init)
      return keyOf(whole)
    }
    return {
      async initialize(client, session) {
        const answer = await service.initialize!(
          { defaultAddressFormat: 0, defaultTableFormat: 0 } as never,
          jetCall(client, session),
        )
        return { status: InitializeCode[answer.subCode ?? 0]!, routes: answer.numClientRoutes ?? 0 }
      },
      async cleanup(client, session) {
        return CleanupCode[(await service.cleanup!({} as never, jetCall(client, session))).subCode ?? 0]!
      },
      async put(client, operation, routes) {
        return oper(await service[`route${operation}`]!({ routes: routes.map(onWire) } as never, jetCall(client)))
      },
      async remove(client, routes, orLonger = false) {
        return oper(await service.routeDelete!({ routes: routes.map(match), orLonger } as never, jetCall(client)))
      },
      async get(client, one, more = {}) {
        const request = { route: match(one), orLonger: false, activeOnly: false, routeCount: 10, ...more }
        const routes: BgpRouteEntry[] = []
        let status = ''
        let messages = 0
        for await (const answer of service.routeGet!(request as never, jetCall(client))) {
          const reply = create(RouteGetResponseSchema, answer)
          status = GetCode[reply.subCode]!
          routes.push(...reply.routes.map(classicEntry))
          messages++
        }
        return { status, routes, messages }
      },
      async *monitor(client, count, signal, session) {
        for await (const answer of service.routeSubscribe!(
          { routeCount: count } as never,
          jetCall(client, session, signal),
        )) {
          const { subCode, subscribeEntries } = create(RouteSubscribeResponseSchema, answer)
          const notices = subscribeEntries.map(one =>
            one.operation === SubscribeOperation.END_OF_RIBS
              ? 'end'
              : `${one.operation ? '-' : '+'}${said(one.route && classicEntry(one.route))}`,
          )
          yield { status: SubscribeCode[subCode]!.replace('ALREADY_SUBSCRIBED', 'ALREADY_REGISTERED'), notices }
        }
      },
      unregister: async client =>
        ['SUCCESS', '', 'NOT_INITIALIZED', 'NOT_REGISTERED'][
          (await service.routeUnsubscribe!({} as never, jetCall(client))).subCode ?? 0
        ]!,
      refresh: async client =>
        ['SUCCESS', '', 'NOT_INITIALIZED', 'NOT_REGISTERED'][
          (await service.routeRefresh!({} as never, jetCall(client))).subCode ?? 0
        ]!,
    }
  },
}

const configuration = `
set routing-options autonomous-system 65000
set policy-options policy-statement watch term t from route-filter 9.0.0.0/8 orlonger
set policy-options policy-statement watch term t then analyze
set protocols bgp import watch
`

describe.each(Object.entries(generations))('the %s BGP route API', (generation, speak) => {
  let world: Awaited<ReturnType<typeof testRouting>>
  let bgp: Speaker
  let view: ReturnType<typeof viewOf>
  const commit = async (lines: string) => {
    const { root, errors } = loadSet(emptyRoot, lines)
    expect(errors).toEqual([])
    const after = viewOf(root)
    await applyConfiguration(world.routing, after, view)
    view = after
  }
  beforeEach(async () => {
    world = await testRouting()
    view = viewOf(emptyRoot)
    await commit(configuration)
    world.address('xe-0/0/0.0', '10.0.0.1/24')
    bgp = speak(world.routing)
    await bgp.initialize('a')
    await bgp.initialize('b')
  })
  const table = (name = 'inet.0') => world.routing.rib.table(name)!
  const ways = (key = `${9 * 2 ** 24}/8`) => world.kernel.ways('inet.0', key)

  test('is initialized once a connection, and again when the client comes back', async () => {
    expect(await bgp.initialize('c')).toEqual({ status: 'SUCCESS', routes: 0 })
    expect(await bgp.initialize('c')).toEqual({ status: 'ALREADY_INITIALIZED', routes: 0 })
    await bgp.put('c', 'Add', [route()])
    world.routing.clients.sessionUp('session of c', 'c')
    world.routing.clients.sessionDown('session of c')
    expect(await bgp.initialize('c', 'another')).toEqual({ status: 'SUCCESS_STATE_REBOUND', routes: 1 })
    expect(await bgp.cleanup('c', 'another')).toBe('SUCCESS')
    expect(await bgp.initialize('c', 'another')).toEqual({ status: 'SUCCESS', routes: 0 })
  })

  test('says CLEANUP_PENDING while routes of the client are being removed', async () => {
    await bgp.put('a', 'Add', [route()])
    const cleaning = bgp.cleanup('a')
    await Promise.resolve()
    expect(await bgp.initialize('a')).toMatchObject({ status: 'CLEANUP_PENDING' })
    expect(await cleaning).toBe('SUCCESS')
    expect(table().destinations).toBe(2)
  })

  test('does nothing for who has not initialized, or where there is no BGP', async () => {
    expect(await bgp.put('x', 'Add', [route()])).toEqual(['NOT_INITIALIZED', 0])
    expect(await bgp.remove('x', [route()])).toEqual(['NOT_INITIALIZED', 0])
    expect(await bgp.cleanup('x')).toBe('NOT_INITIALIZED')
    expect((await bgp.get('x', route())).status).toBe('NOT_INITIALIZED')
    expect(await bgp.unregister('x')).toBe('NOT_INITIALIZED')
    expect(await bgp.refresh('x')).toBe('NOT_INITIALIZED')
    const first = await bgp.monitor('x', 1, new AbortController().signal).next()
    expect(first.value.status).toBe('NOT_INITIALIZED')
    await commit('')
    expect(await bgp.initialize('y')).toMatchObject({ status: 'BGP_NOT_READY' })
    expect(await bgp.put('a', 'Add', [route()])).toEqual(['BGP_NOT_READY', 0])
  })

  test('adds, modifies, updates and removes', async () => {
    expect(await bgp.put('a', 'Add', [route()])).toEqual(['SUCCESS', 1])
    expect(ways()).toEqual(['xe-0/0/0.0 10.0.0.7'])
    const other = route({ protocolNexthops: [ip('10.0.0.8')] })
    expect(await bgp.put('a', 'Add', [other])).toEqual(['ROUTE_EXISTS', 0])
    expect(await bgp.put('a', 'Modify', [other])).toEqual(['SUCCESS', 1])
    expect(ways()).toEqual(['xe-0/0/0.0 10.0.0.8'])
    expect(await bgp.put('b', 'Modify', [other])).toEqual(['ROUTE_NOT_FOUND', 0])
    expect(await bgp.put('a', 'Update', [route(), route({ destPrefix: inet('8.0.0.0') })])).toEqual(['SUCCESS', 2])
    expect(await bgp.remove('b', [route()])).toEqual(['ROUTE_NOT_FOUND', 0])
    expect(await bgp.remove('a', [route(), route()])).toEqual(['ROUTE_NOT_FOUND', 1])
    expect(ways()).toBeUndefined()
    expect(await bgp.remove('a', [{ table: named('inet.0'), destPrefix: inet('0.0.0.0') }], true)).toEqual([
      'SUCCESS',
      1,
    ])
    expect(table().destinations).toBe(2)
  })

  test('chooses by local preference, keeps paths by cookie, and shows as recorded', async () => {
    const path = (cookie: bigint, nextHop: string, localPreference?: number) =>
      route({
        pathCookie: cookie,
        protocolNexthops: [ip(nextHop)],
        ...(localPreference === undefined ? {} : { localPreference: { value: localPreference } }),
      })
    await bgp.put('a', 'Add', [path(1n, '10.0.0.7'), path(2n, '10.0.0.8', 200), path(2n ** 40n, '10.0.0.2')])
    expect(ways()).toEqual(['xe-0/0/0.0 10.0.0.8'])
    const { values } = table().attributes(table().find(9 * 2 ** 24, 0, 0, 0, 8))
    expect(values).toMatchObject({ preference: 5, preference2: -201 })
    expect(await bgp.remove('a', [{ ...path(2n, ''), communities: undefined as never }])).toEqual(['SUCCESS', 1])
    expect(ways()).toEqual(['xe-0/0/0.0 10.0.0.2'])
    // Cookie 0 is not compared.
    expect(await bgp.remove('a', [route()])).toEqual(['SUCCESS', 1])
    expect(table().destinations).toBe(2)
  })

  test.each<[string, BgpRouteEntry]>([
    ['PROTOCOL_INVALID', route({ protocol: 1 })],
    ['PROTOCOL_INVALID', route({ protocol: 9 as never })],
    ['TABLE_INVALID', route({ table: named('nowhere.inet.0') })],
    ['TABLE_INVALID', route({ table: named('inet6.0') })],
    ['TABLE_INVALID', route({ table: named('bgp.l3vpn.0') })],
    ['TABLE_INVALID', route({ table: { RtTableFormat: { case: 'rttId', value: { id: 999 } } } })],
    ['PREFIX_INVALID', route({ destPrefix: inet('nonsense') })],
    ['PREFIX_INVALID', route({ destPrefix: inet('x'.repeat(65536)) })],
    ['PREFIX_INVALID', route({ destPrefix: inet('2001:db8::') })],
    ['PREFIX_INVALID', route({ destPrefix: {} })],
    ['PREFIX_LEN_TOO_LONG', route({ destPrefixLen: 33 })],
    ['PREFIX_LEN_TOO_SHORT', route({ destPrefix: inet('9.0.0.1') })],
    ['NEXTHOP_INVALID', route({ protocolNexthops: [] })],
    ['NEXTHOP_ADDRESS_INVALID', route({ protocolNexthops: [ip('nowhere')] })],
    ['NEXTHOP_ADDRESS_INVALID', route({ protocolNexthops: [ip('2001:db8::1')] })],
    ['NEXTHOP_ECMP_LIMIT', route({ protocolNexthops: [ip('10.0.0.7'), ip('10.0.0.8')] })],
    ['COMMUNITY_LIST_INVALID', route({ communities: { comList: [{ communityString: 'red' }] } })],
    ['COMMUNITY_LIST_INVALID', route({ communities: { comList: [{ communityString: '1'.repeat(1024) }] } })],
    ['COMMUNITY_LIST_INVALID', route({ communities: { comList: Array(257).fill({ communityString: '1:1' }) } })],
    ['ASPATH_INVALID', route({ aspath: { aspathString: '65000 x' } })],
    ['ASPATH_INVALID', route({ aspath: { aspathString: '(65000' } })],
    ['ASPATH_INVALID', route({ aspath: { aspathString: '1 '.repeat(512) } })],
    ['LABEL_INFO_INVALID', route({ LabelInfo: { case: 'vpnLabel', value: 100 } })],
    ['LABEL_INFO_INVALID', vpn('9.0.0.0', { LabelInfo: { case: 'vpnLabel', value: 2 ** 20 } })],
    ['LABEL_INFO_INVALID', vpn('9.0.0.0', { LabelInfo: { case: 'vpnLabel', value: 4 } })],
    [
      'LABEL_INFO_INVALID',
      route({
        destPrefix: { RoutePrefixAf: { case: 'labeledInet', value: ip('9.0.0.0') } },
        LabelInfo: { case: 'labels', value: { entries: [{ opcode: LabelOperation.POP, labelEntry: { label: 17 } }] } },
      }),
    ],
    ['CLUSTER_LIST_INVALID', route({ clusterList: Array(256).fill({ value: 1 }) })],
    ['PEER_TYPE_INVALID', route({ routeType: 7 as never })],
    [
      'MUTUALLY_EXCLUSIVE_RT_FLAGS_ARE_SET',
      route({ routeFlags: { useNexthopReject: true, useNexthopFictitious: true } }),
    ],
    ['SRTE_ROUTE_DATA_INVALID', policyRoute(undefined)],
    ['SEGMENT_LIST_COUNT_INVALID', policyRoute({})],
    [
      'SEGMENT_LIST_COUNT_INVALID',
      policyRoute(list(...Array.from({ length: 9 }, (_, i) => ({ segments: segments(100 + i) })))),
    ],
    ['SEGMENT_LIST_INVALID', policyRoute(list({ segments: segments(17) }, { segments: segments(17) }))],
    ['SEGMENT_COUNT_INVALID', policyRoute(list({ segments: [] }))],
    ['SEGMENT_INVALID', policyRoute(list({ segments: [{}] }))],
    ['SEGMENT_LABEL_INVALID', policyRoute(list({ segments: segments(5) }))],
    ['SEGMENT_ID_INVALID', policyRoute({ ...list({ segments: segments(17) }), bindingSid: { bindingSrId: {} } })],
    ['SRTE_PRIORITY_INVALID', policyRoute({ ...list({ segments: segments(17) }), srPriority: { srtePriority: 256 } })],
    ['SRTE_ENLP_INVALID', policyRoute({ ...list({ segments: segments(17) }), srEnlp: { srteEnlp: 0 } })],
    ['FLOWSPEC_ADDR_INVALID', flowRoute({ ...flow, destPrefixLen: 33 })],
    ['FLOWSPEC_ADDR_INVALID', flowRoute({ source: ip('nowhere'), sourcePrefixLen: 8 })],
    ['FLOWSPEC_MTCH_FLDS_INVALID', flowRoute({})],
    ['FLOWSPEC_MTCH_FLDS_INVALID', flowRoute({ ...flow, destPorts: { rangeList: [{ min: 2, max: 1 }] } })],
    ['FLOWSPEC_MTCH_FLDS_INVALID', flowRoute({ ...flow, dscps: { rangeList: [{ min: 0, max: 64 }] } })],
    ['FLOWSPEC_ACTION_INVALID', flowRoute(flow, { markDscp: 64 })],
    ['FLOWSPEC_ACTION_INVALID', flowRoute(flow, { redirectInstRtComm: 'nonsense' })],
    ['TUNNEL_ATTR_LIST_INVALID', route({ tunnelAttributes: {} })],
    ...(generation === 'classic'
      ? ([
          ['TUNNEL_ATTR_LIST_INVALID', route({ tunnelAttributes: { tunnelList: [{}] } })],
          [
            'TUNNEL_ATTR_COLOR_COM_COLOR_MISMATCH',
            route({
              communities: { comList: [{ communityString: 'color:0:7' }] },
              tunnelAttributes: {
                tunnelList: [
                  {
                    TunnelType: {
                      case: 'ipipTunnel',
                      value: { egressEndpoint: { egressEndpointAddress: ip('10.0.0.7') }, color: { value: 8 } },
                    },
                  },
                ],
              },
            }),
          ],
        ] as [string, BgpRouteEntry][])
      : ([
          ['TUNNEL_ATTR_ANYENCAP_INVALID', route({ tunnelAttributes: { tunnelList: [{}] } })],
          [
            'TUNNEL_ATTR_RPF_INVALID',
            route({ tunnelAttributes: { tunnelList: [{ TunnelType: { case: 'ipipTunnel', value: { color: {} } } }] } }),
          ],
          [
            'TUNNEL_ATTR_EGRESS_ENDPOINT_INVALID',
            route({
              tunnelAttributes: { tunnelList: [{ TunnelType: { case: 'ipipTunnel', value: { egressEndpoint: {} } } }] },
            }),
          ],
        ] as [string, BgpRouteEntry][])),
    ...(['2001:db8::1', '10.0.0.8'] as const).map((endpoint, i): [string, BgpRouteEntry] => [
      i === 0 ? 'TUNNEL_ATTR_EGRESS_ENDPOINT_NOT_IPV4' : 'TUNNEL_ATTR_ENDPOINT_NH_MISMATCH',
      route({
        tunnelAttributes: {
          tunnelList: [
            { TunnelType: { case: 'ipipTunnel', value: { egressEndpoint: { egressEndpointAddress: ip(endpoint) } } } },
          ],
        },
      }),
    ]),
  ])('answers %s at the first route that is wrong, and keeps those before it', async (status, wrong) => {
    const good = route({ destPrefix: inet('8.0.0.0') })
    const after = route({ destPrefix: inet('7.0.0.0') })
    expect(await bgp.put('a', 'Update', [good, wrong, after])).toEqual([status, 1])
    expect(table().destinations).toBe(3)
    expect(world.routing.rib.others.size).toBe(0)
    expect(await bgp.put('a', 'Update', [after])).toEqual(['SUCCESS', 1])
  })

  test('takes 1 to 1000 routes', async () => {
    expect(await bgp.put('a', 'Add', [])).toEqual(['NO_OP', 0])
    expect(await bgp.remove('a', [])).toEqual(['NO_OP', 0])
    const many = Array.from({ length: 1001 }, (_, i) => route({ pathCookie: BigInt(i) }))
    expect(await bgp.put('a', 'Add', many)).toEqual(['TOO_MANY_OPS', 0])
    expect(await bgp.remove('a', many)).toEqual(['TOO_MANY_OPS', 0])
    expect(table().destinations).toBe(2)
    expect(await bgp.put('a', 'Add', many.slice(1))).toEqual(['SUCCESS', 1000])
  })

  test('keeps routes of VPNs, flow specifications and policies by their own keys', async () => {
    const policy = policyRoute({ ...list({ weight: 1, segments: segments(17, 18) }), preference: 7 })
    expect(await bgp.put('a', 'Add', [vpn('9.0.0.0'), flowRoute(flow), policy])).toEqual(['SUCCESS', 3])
    expect(await bgp.put('a', 'Add', [vpn('9.0.0.0')])).toEqual(['ROUTE_EXISTS', 0])
    const keys = [...world.routing.rib.others].map(({ key }) => key)
    expect(keys).toEqual(['65000:1:9.0.0.0/8', '9.0.0.0/8,*,dstport=80', '0-100-10.9.9.9/96'])
    await bgp.put('a', 'Add', [vpn('9.1.0.0', { destPrefixLen: 16 })])
    const { routes } = await bgp.get('a', vpn('9.0.0.0'), { orLonger: true })
    expect(routes.map(({ destPrefixLen }) => destPrefixLen)).toEqual([8, 16])
    const [back] = (await bgp.get('a', policy)).routes
    expect(back!.routeData).toEqual(policy.routeData)
    expect(await bgp.remove('a', [vpn('9.0.0.0')], true)).toEqual(['SUCCESS', 1])
    expect(await bgp.remove('a', [policy, flowRoute(flow)])).toEqual(['SUCCESS', 2])
    expect(world.routing.rib.others.size).toBe(0)
  })

  test('gives back what it was given, with defaults filled in', async () => {
    const given = route({
      pathCookie: 2n ** 63n,
      med: { value: 0 },
      aigpDistance: { value: 2n ** 40n },
      originatorId: { value: 1 },
      clusterList: [{ value: 1 }, { value: 2 }],
      communities: { comList: [{ communityString: '65000:1' }, { communityString: 'no-export' }] },
      aspath: { aspathString: '65001 (65002) E' },
      routeFlags: { noAdvertise: true },
      peerAddress: ip('10.0.0.9'),
    })
    await bgp.put('a', 'Add', [given])
    const { routes, status, messages } = await bgp.get('b', route())
    expect(status).toBe('SUCCESS')
    expect(messages).toBe(2)
    const [back] = routes
    expect(back).toMatchObject({
      pathCookie: 2n ** 63n,
      med: { value: 0 },
      aigpDistance: { value: 2n ** 40n },
      communities: given.communities,
      aspath: given.aspath,
      clusterList: given.clusterList,
      localPreference: { value: 100 },
      routePreference: { value: 5 },
      routeFlags: { noAdvertise: true, noExport: false },
      peerAddress: given.peerAddress,
      table: given.table,
      destPrefix: given.destPrefix,
    })
    if (generation === 'classic') expect(back).toMatchObject({ routeOperFlag: 1, protocol: 2 })
  })

  test('reads by prefix, cookie, community and activity', async () => {
    const community = (text: string) => ({ communities: { comList: [{ communityString: text }] } })
    await bgp.put('a', 'Add', [
      route({ pathCookie: 1n, ...community('65000:1') }),
      route({ pathCookie: 2n, protocolNexthops: [ip('10.0.0.8')], ...community('65000:2') }),
      route({ destPrefix: inet('9.1.0.0'), destPrefixLen: 16 }),
    ])
    const count = async (match: Init, more?: object) => (await bgp.get('a', match, more)).routes.length
    expect(await count(route())).toBe(2)
    expect(await count(route(), { orLonger: true })).toBe(3)
    expect(await count(route(), { activeOnly: true })).toBe(1)
    expect(await count(route({ pathCookie: 2n }))).toBe(1)
    expect(await count(route(community('65000:2')))).toBe(1)
    expect(await count({ table: named('inet.0') }, { orLonger: true })).toBe(3)
    const status = async (match: Init, more?: object) => (await bgp.get('a', match, more)).status
    expect(await status(route({ destPrefix: inet('1.0.0.0') }))).toBe('ROUTE_NOT_FOUND')
    expect(await status(route(), { routeCount: 1001 })).toBe('ROUTE_COUNT_INVALID')
    expect(await status(route({ protocol: 9 as never }))).toBe('PROTOCOL_INVALID')
    expect(await status(route({ table: named('x') }))).toBe('TABLE_INVALID')
    expect(await status(route({ destPrefix: inet('x') }))).toBe('PREFIX_INVALID')
    expect(await status(route({ destPrefixLen: 33 }))).toBe('PREFIX_LEN_TOO_LONG')
    expect(await status(route({ destPrefixLen: 3 }))).toBe('PREFIX_LEN_TOO_SHORT')
    expect(await status(route(community('red')))).toBe('COMMUNITY_LIST_INVALID')
    expect(await status(flowRoute({ ...flow, destPrefixLen: 33 }))).toBe('FLOWSPEC_ADDR_INVALID')
    expect(await status(flowRoute({}))).toBe('FLOWSPEC_MTCH_FLDS_INVALID')
    await bgp.put(
      'a',
      'Add',
      Array.from({ length: 25 }, (_, i) => route({ pathCookie: BigInt(100 + i) })),
    )
    expect(await bgp.get('a', route())).toMatchObject({ status: 'SUCCESS', messages: 4 })
  })

  test('lets 1000 gets run at a time', async () => {
    await bgp.put(
      'a',
      'Add',
      Array.from({ length: 2 }, (_, i) => route({ pathCookie: BigInt(i) })),
    )
    const request = { orLonger: false, activeOnly: false, routeCount: 1 }
    const service = new BgpService(world.routing)
    service.initialize(jetCall('a').caller)
    const match = create(BgpRouteMatchSchema, { ...(route() as object), $typeName: undefined } as never)
    const one = () =>
      service
        .get(
          jetCall('a').caller,
          { ...request, match, count: 1, format: { addressBytes: false, tableId: false } },
          'classic',
        )
        [Symbol.asyncIterator]()
    match.protocol = 2
    const running = Array.from({ length: 1000 }, one)
    for (const each of running) expect(Array.isArray((await each.next()).value)).toBe(true)
    expect((await one().next()).value).toBe('TRY_AGAIN')
    for (const each of running) await each.return!()
    expect(Array.isArray((await one().next()).value)).toBe(true)
  })

  test('streams what the import policy sends to be analyzed: all, an end, then changes', async () => {
    const abort = new AbortController()
    await bgp.put('a', 'Add', [route(), route({ destPrefix: inet('8.0.0.0') })])
    const stream = bgp.monitor('b', 10, abort.signal)
    expect((await stream.next()).value).toEqual({ status: 'SUCCESS', notices: [] })
    expect((await stream.next()).value.notices).toEqual(['+9.0.0.0/8'])
    expect((await stream.next()).value.notices).toEqual(['end'])
    const second = await bgp.monitor('b', 10, abort.signal).next()
    expect(second.value.status).toBe('ALREADY_REGISTERED')
    const next = stream.next()
    await bgp.put('a', 'Add', [route({ destPrefix: inet('9.1.0.0'), destPrefixLen: 16 })])
    expect((await next).value.notices).toEqual(['+9.1.0.0/16'])
    // While nobody reads, a destination is told once.
    await bgp.put('a', 'Modify', [route({ med: { value: 1 } })])
    await bgp.put('a', 'Modify', [route({ med: { value: 2 } })])
    await bgp.remove('a', [route({ destPrefix: inet('9.1.0.0'), destPrefixLen: 16 })])
    expect((await stream.next()).value.notices.toSorted()).toEqual(['+9.0.0.0/8', '-9.1.0.0/16'])
    expect(await bgp.refresh('b')).toBe('SUCCESS')
    expect((await stream.next()).value.notices).toEqual(['+9.0.0.0/8'])
    expect((await stream.next()).value.notices).toEqual(['end'])
    const changed = stream.next()
    await commit(configuration.replace('9.0.0.0/8', '8.0.0.0/8'))
    expect((await changed).value.notices.toSorted()).toEqual(['+8.0.0.0/8', '-9.0.0.0/8'])
    expect(await bgp.unregister('b')).toBe('SUCCESS')
    expect((await stream.next()).done).toBe(true)
    expect(await bgp.unregister('b')).toBe('NOT_REGISTERED')
    expect(await bgp.refresh('b')).toBe('NOT_REGISTERED')
    expect((await bgp.monitor('b', 1001, abort.signal).next()).value.status).toBe('ROUTE_COUNT_INVALID')
  })

  test('a stream of a session that is over makes room for that of the next, whose end may be heard later', async () => {
    const { signal } = new AbortController()
    await bgp.put('a', 'Add', [route()])
    const before = bgp.monitor('b', 10, signal)
    for (const notices of [[], ['+9.0.0.0/8'], ['end']]) expect((await before.next()).value.notices).toEqual(notices)
    await bgp.initialize('b', 'again')
    const after = bgp.monitor('b', 10, signal, 'again')
    for (const notices of [[], ['+9.0.0.0/8'], ['end']]) expect((await after.next()).value.notices).toEqual(notices)
    expect((await before.next()).done).toBe(true)
    await bgp.put('a', 'Modify', [route({ med: { value: 1 } })])
    expect((await after.next()).value.notices).toEqual(['+9.0.0.0/8'])
  })

  test('a stream ends with its call, and its routes with their client', async () => {
    const abort = new AbortController()
    const stream = bgp.monitor('b', 10, abort.signal)
    await stream.next()
    await stream.next()
    const waiting = stream.next()
    abort.abort()
    expect((await waiting).done).toBe(true)
    expect(await bgp.refresh('b')).toBe('NOT_REGISTERED')
    await bgp.put('a', 'Add', [route()])
    world.routing.clients.sessionUp('session of a', 'a')
    world.routing.clients.sessionDown('session of a')
    await world.clock.advance(120_000)
    expect(table().destinations).toBe(2)
    expect(await bgp.initialize('a', 'again')).toEqual({ status: 'SUCCESS', routes: 0 })
  })

  test('whatever is done, what is there is what was asked for', async () => {
    const step = fc.record({
      act: fc.constantFrom('Add', 'Modify', 'Update', 'remove'),
      client: fc.constantFrom('a', 'b'),
      routes: fc.array(
        fc.record({
          octet: fc.integer({ min: 1, max: 3 }),
          cookie: fc.bigInt({ min: 0n, max: 2n }),
          hop: fc.integer({ min: 2, max: 9 }),
        }),
        {
          minLength: 1,
          maxLength: 4,
        },
      ),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 20 }), async steps => {
        world = await testRouting()
        view = viewOf(emptyRoot)
        await commit(configuration)
        world.address('xe-0/0/0.0', '10.0.0.1/24')
        bgp = speak(world.routing)
        for (const client of ['a', 'b']) await bgp.initialize(client)
        const model = new Map<string, number>()
        for (const { act, client, routes } of steps) {
          let done = 0
          let status = 'SUCCESS'
          for (const { octet, cookie, hop } of routes) {
            const key = `${octet} ${client} ${cookie}`
            if (act === 'remove') {
              const matched = [...model.keys()].filter(one =>
                cookie === 0n ? one.startsWith(`${octet} ${client} `) : one === key,
              )
              if (matched.length === 0) status = 'ROUTE_NOT_FOUND'
              for (const one of matched) model.delete(one)
            } else if (act === 'Add' && model.has(key)) status = 'ROUTE_EXISTS'
            else if (act === 'Modify' && !model.has(key)) status = 'ROUTE_NOT_FOUND'
            else model.set(key, hop)
            if (status !== 'SUCCESS') break
            done++
          }
          const messages = routes.map(({ octet, cookie, hop }) =>
            route({ destPrefix: inet(`${octet}.0.0.0`), pathCookie: cookie, protocolNexthops: [ip(`10.0.0.${hop}`)] }),
          )
          const answer =
            act === 'remove' ? await bgp.remove(client, messages) : await bgp.put(client, act as 'Add', messages)
          expect(answer).toEqual([status, done])
        }
        for (let octet = 1; octet <= 3; octet++) {
          const hops = [...model].filter(([key]) => key.startsWith(`${octet} `)).map(([, hop]) => hop)
          const expected = hops.length === 0 ? undefined : [`xe-0/0/0.0 10.0.0.${Math.min(...hops)}`]
          expect(world.kernel.ways('inet.0', `${octet * 2 ** 24}/8`)).toEqual(expected)
        }
        expect(table().rows.live).toBe(2 + model.size)
      }),
      { numRuns: 40 },
    )
  })
})
