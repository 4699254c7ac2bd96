import { StatusCode as Code } from '@hangar/protocol/jnx_common_base_types_pb'
import { StatusCode } from '@hangar/protocol/jnx_routing_base_service_pb'
import { NetworkAddressFamily, ReturnCode } from '@hangar/protocol/prpd_common_pb'
import { describe, expect, test } from 'vitest'
import { putRoute } from '../rib/put-route.ts'
import { jetCall } from '../testing/jet-call.ts'
import { testRouting } from '../testing/routing.ts'
import { baseClassic } from './base-classic.ts'
import { baseModern } from './base-modern.ts'

/** Both generations as one: what they say in different words. */
const generations = {
  classic(routing: Parameters<typeof baseClassic>[0]) {
    const base = baseClassic(routing)
    return {
      set: async (client: string, time: number) =>
        (await base.routePurgeTimeConfig!({ time } as never, jetCall(client))).retCode === ReturnCode.RET_SUCCESS,
      unset: (client: string) => base.routePurgeTimeUnconfig!({} as never, jetCall(client)),
      get: async (client: string) => (await base.routePurgeTimeGet!({} as never, jetCall(client))).time,
      async summary(client: string, request: object) {
        const answer = await base.routeSummaryGet!(
          { addrFamily: 0, instanceName: '', allClients: false, ...request } as never,
          jetCall(client),
        )
        return { code: ReturnCode[answer.retCode ?? 0], summary: answer.clientRtSummary }
      },
    }
  },
  modern(routing: Parameters<typeof baseModern>[0]) {
    const base = baseModern(routing)
    return {
      set: async (client: string, time: number) => {
        const answer = await base.routePurgeTimerAdd!({ time } as never, jetCall(client))
        expect(answer.subCode === StatusCode.SUCCESS).toBe(answer.status?.code === Code.SUCCESS)
        return answer.subCode === StatusCode.SUCCESS
      },
      unset: (client: string) => base.routePurgeTimerDelete!({} as never, jetCall(client)),
      get: async (client: string) => (await base.routePurgeTimerGet!({} as never, jetCall(client))).time,
      async summary(client: string, request: object) {
        const answer = await base.routeSummaryGet!(
          { addrFamily: 0, instanceName: '', allClients: false, ...request } as never,
          jetCall(client),
        )
        return { code: `RET_${StatusCode[answer.subCode ?? 0]}`, summary: answer.clientRtSummary }
      },
    }
  },
}

describe.each(Object.entries(generations))('the %s base API', (_, generation) => {
  const start = async () => {
    const test = await testRouting()
    const route = (client: string, protocol: 'Static' | 'BGP-Static', octet: number, table = 'inet.0') => {
      const words = [octet * 0x1000000, 0, 0, 0] as const
      const source = test.routing.rib.attributes.source(protocol, client)
      const values = { preference: 5, preference2: 100 }
      putRoute(test.routing.rib, test.routing.rib.table(table)!, {
        words,
        length: 8,
        source,
        values,
        nextHop: { kind: 'discard' },
      })
    }
    return { ...test, route, base: generation(test.routing) }
  }

  test('keeps a purge time for each client', async () => {
    const { base, routing } = await start()
    expect(await base.get('a')).toBe(120)
    expect(await base.set('a', 1000)).toBe(true)
    expect(await base.get('a')).toBe(1000)
    expect(await base.get('b')).toBe(120)
    routing.clients.globalPurgeTime = 7
    expect(await base.get('b')).toBe(7)
    await base.unset('a')
    expect(await base.get('a')).toBe(7)
    routing.clients.globalPurgeTime = 'never'
    expect(await base.get('a')).toBe(0xffffffff)
  })

  test.each([0, 1001, 0xffffffff])('refuses a purge time of %d seconds and keeps the one that was', async time => {
    const { base } = await start()
    await base.set('a', 30)
    expect(await base.set('a', time)).toBe(false)
    expect(await base.get('a')).toBe(30)
  })

  test('purges what a client left behind when its time is up, and not before', async () => {
    const { base, routing, clock, route } = await start()
    await base.set('a', 10)
    await base.set('b', 20)
    route('a', 'Static', 10)
    route('b', 'Static', 11)
    routing.clients.sessionUp('session of a', 'a')
    routing.clients.sessionDown('session of a')
    await clock.advance(9_999)
    expect(routing.rib.table('inet.0')!.destinations).toBe(2)
    await clock.advance(1)
    expect(routing.rib.table('inet.0')!.destinations).toBe(1)
  })

  test('counts routes by client, protocol and table', async () => {
    const { base, route, routing } = await start()
    routing.rib.addTable('red.inet.0', 'inet', 'red')
    route('a', 'Static', 10)
    route('a', 'Static', 11)
    route('a', 'BGP-Static', 12, 'red.inet.0')
    route('b', 'Static', 10)
    const entry = (name: string, primaryRtCount: number) => ({
      rtSummary: [{ rtTblName: { name }, primaryRtCount, secondaryRtCount: 0 }],
    })
    const a = { Static: entry('inet.0', 2), 'Bgp-Static': entry('red.inet.0', 1) }
    const b = { Static: entry('inet.0', 1) }
    expect(await base.summary('a', {})).toEqual({ code: 'RET_SUCCESS', summary: { a: { protocolRtSummary: a } } })
    expect(await base.summary('a', { allClients: true })).toEqual({
      code: 'RET_SUCCESS',
      summary: { a: { protocolRtSummary: a }, b: { protocolRtSummary: b } },
    })
    const inRed = { 'Bgp-Static': entry('red.inet.0', 1) }
    expect((await base.summary('a', { instanceName: 'red' })).summary).toEqual({ a: { protocolRtSummary: inRed } })
    expect((await base.summary('b', { addrFamily: NetworkAddressFamily.FAMILY_INET6 })).summary).toEqual({})
    expect((await base.summary('b', { instanceName: 'blue' })).code).toBe('RET_INVALID_INSTANCE')
    expect((await base.summary('b', { addrFamily: 99 })).code).toBe('RET_INVALID_ADDRESS_FAMILY')
  })
})
