import {
  LspPingGetInfoStatus as InfoStatus,
  LdpLspPingStatus as LdpStatus,
  RsvpLspPingStatus as RsvpStatus,
  VpnLspPingStatus as VpnStatus,
} from '@hangar/protocol/mpls_api_service_pb'
import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { showMplsLsp } from '../commands/show-mpls-lsp.ts'
import { LspBandwidths } from '../mpls/lsp-bandwidths.ts'
import { configuredRouting } from '../testing/configured.ts'
import { jetCall } from '../testing/jet-call.ts'
import { mplsClassic } from './mpls-classic.ts'
import { mplsModern } from './mpls-modern.ts'

const ip = (value: string) => ({
  RoutePrefixAf: {
    case: value.includes(':') ? ('inet6' as const) : ('inet' as const),
    value: { AddrFormat: { case: 'addrString' as const, value } },
  },
})

describe('label-switched paths', () => {
  let world: Awaited<ReturnType<typeof configuredRouting>>
  let service: ReturnType<typeof mplsClassic>
  beforeEach(async () => {
    world = await configuredRouting()
    service = mplsClassic(world.routing)
    world.port('xe-0/0/0', { 0: { index: 70, addresses: ['10.0.0.1/24'] } })
    world.port('xe-0/0/1', { 0: { index: 71, addresses: ['10.0.1.1/24'] } })
    await world.commit(
      'protocols mpls label-switched-path red to 10.0.0.9',
      'protocols mpls label-switched-path red bandwidth 10m',
      'protocols mpls label-switched-path red primary direct',
      'protocols mpls label-switched-path red secondary detour',
      'protocols mpls label-switched-path far to 172.16.0.1',
      'protocols mpls label-switched-path off to 10.0.0.9',
      'protocols mpls label-switched-path off disable',
      'protocols mpls path direct',
      'protocols mpls path detour',
      'routing-options router-id 10.255.0.1',
      'routing-instances blue instance-type vrf',
      'routing-instances blue route-distinguisher 65000:1',
      'routing-instances blue vrf-target target:65000:1',
      'routing-instances blue interface xe-0/0/1.0',
      'routing-instances blue routing-options static route 9.0.0.0/8 next-hop 10.0.1.7',
      'routing-instances blue routing-options static route 8.0.0.0/8 discard',
      'routing-instances blue routing-options static route 7.0.0.0/8 next-hop 172.31.0.1',
      'routing-instances blue routing-options static route 7.0.0.0/8 resolve',
    )
  })

  const rsvp = (more: object) =>
    service.lspPingGetRsvpInfo!(
      { lspName: '', pathName: '', interfaceName: '', instanceName: '', ...more } as never,
      jetCall('a'),
    )
  const state = async (answer: ReturnType<typeof rsvp>) => RsvpStatus[(await answer).rsvpInfo?.status ?? -1]

  test('that are configured and whose end is reachable are there', async () => {
    expect(await rsvp({ lspName: 'red' })).toMatchObject({
      status: InfoStatus.LSP_PING_GET_SUCCESS,
      rsvpInfo: {
        status: RsvpStatus.RSVP_LSP_PING_NOERROR,
        destinationAddress: ip('10.0.0.9'),
        senderAddress: ip('10.255.0.1'),
        nexthopInfo: { nexthopAddress: ip('10.0.0.9'), nexthopInterfaceName: 'xe-0/0/0.0' },
      },
    })
    expect(await rsvp({ lspName: 'red', pathName: 'detour' })).toMatchObject({ rsvpInfo: { successStatus: 1 } })
  })

  test('that are not are not found, and those that are down say why', async () => {
    expect(await state(rsvp({ lspName: 'green' }))).toBe('RSVP_LSP_PING_LSP_NOTFOUND')
    expect(await state(rsvp({ lspName: 'red', instanceName: 'blue' }))).toBe('RSVP_LSP_PING_LSP_NOTFOUND')
    expect(await state(rsvp({ lspName: 'red', flags: { rsvpManualBypassLsp: true } }))).toBe(
      'RSVP_LSP_PING_LSP_NOTFOUND',
    )
    expect(await state(rsvp({ lspName: 'red', pathName: 'other' }))).toBe('RSVP_LSP_PING_STANDBY_PATH_NOTFOUND')
    expect(await state(rsvp({ lspName: 'far' }))).toBe('RSVP_LSP_PING_NO_ROUTE_INFO')
    expect(await state(rsvp({ lspName: 'off' }))).toBe('RSVP_LSP_PING_NO_ACTIVE_PATH')
    world.port('xe-0/0/0', { 0: { index: 70, addresses: ['10.0.0.1/24'], up: false } })
    expect(await state(rsvp({ lspName: 'red' }))).toBe('RSVP_LSP_PING_NO_ROUTE_INFO')
  })

  test.each([
    ['no name', { lspName: '' }],
    ['a name of 64 KB', { lspName: 'x'.repeat(65_536) }],
    ['two kinds of bypass', { lspName: 'red', flags: { rsvpDynamicBypassLsp: true, rsvpManualBypassLsp: true } }],
  ])('cannot be asked for with %s', async (_, request) => {
    expect(await rsvp(request)).toEqual({ status: InfoStatus.LSP_PING_GET_INVALID_PARAMETER })
  })

  test('of LDP do not exist', async () => {
    const ldp = async (prefix: object | undefined, prefixLength: number, instanceName = '') => {
      const answer = await service.lspPingGetLdpInfo!({ prefix, prefixLength, instanceName } as never, jetCall('a'))
      return answer.ldpInfo ? LdpStatus[answer.ldpInfo.status ?? -1] : InfoStatus[answer.status ?? -1]
    }
    expect(await ldp(ip('10.0.0.0'), 8)).toBe('LDP_LSP_PING_FEC_NOTFOUND')
    expect(await ldp(ip('10.0.0.0'), 8, 'blue')).toBe('LDP_LSP_PING_FEC_NOTFOUND')
    expect(await ldp(ip('10.0.0.0'), 8, 'green')).toBe('LDP_LSP_PING_INSTANCE_NOTFOUND')
    expect(await ldp(ip('10.0.0.0'), 33)).toBe('LSP_PING_GET_INVALID_PARAMETER')
    expect(await ldp(ip('10.0.0.1'), 8)).toBe('LSP_PING_GET_INVALID_PARAMETER')
    expect(await ldp(undefined, 8)).toBe('LSP_PING_GET_INVALID_PARAMETER')
  })

  test('to prefixes of a VPN are those of its routes', async () => {
    const vpn = async (prefix: string, prefixLength: number, instanceName = 'blue') => {
      const answer = await service.lspPingGetVpnInfo!(
        { prefix: ip(prefix), prefixLength, instanceName } as never,
        jetCall('a'),
      )
      return answer.vpnInfo ? VpnStatus[answer.vpnInfo.status ?? -1] : InfoStatus[answer.status ?? -1]
    }
    expect(await vpn('9.0.0.0', 8)).toBe('VPN_LSP_PING_NOERROR')
    expect(await vpn('9.0.0.0', 8, 'green')).toBe('VPN_LSP_PING_NOTFOUND')
    expect(await vpn('9.0.0.0', 8, '')).toBe('LSP_PING_GET_INVALID_PARAMETER')
    expect(await vpn('6.0.0.0', 8)).toBe('VPN_LSP_PING_PFX_NOTFOUND')
    expect(await vpn('10.0.1.0', 24)).toBe('VPN_LSP_PING_NH_NOT_REMOTE')
    expect(await vpn('8.0.0.0', 8)).toBe('VPN_LSP_PING_NH_NOTFOUND')
    expect(await vpn('7.0.0.0', 8)).toBe('VPN_LSP_PING_NH_NOT_RESOLVED')
    const answer = await service.lspPingGetVpnInfo!(
      { prefix: ip('9.0.0.0'), prefixLength: 8, instanceName: 'blue' } as never,
      jetCall('a'),
    )
    expect(answer.vpnInfo).toMatchObject({
      rd: { RdFormat: { case: 'rd0', value: { asNumber: 65000, assignedNumber: 1 } } },
      nexthopInfo: { nexthopAddress: ip('10.0.1.7'), nexthopInterfaceName: 'xe-0/0/1.0' },
    })
  })

  test('are resized by a controller, all of a request or none', async () => {
    const bandwidths = new LspBandwidths()
    const modern = mplsModern(world.routing, bandwidths)
    const update = async (...lsps: [string, number][]) => {
      const updatelsps = lsps.map(([lspName, bandwidth]) => ({ lspName, bandwidth }))
      return (await modern.lspBandwidthUpdate!({ updatelsps } as never, jetCall('a'))).status
    }
    expect(await update(['red', 5e6])).toBe(0)
    expect(bandwidths.of('red')).toBe(5e6)
    expect(await update(['red', 6e6], ['green', 1])).toBe(1)
    for (const bandwidth of [-1, Number.NaN, Number.POSITIVE_INFINITY]) expect(await update(['red', bandwidth])).toBe(1)
    expect(await update()).toBe(1)
    expect(await update(['off', 1])).toBe(1)
    expect(bandwidths.of('red')).toBe(5e6)
    const command = showMplsLsp(world.routing, bandwidths, '23.4R1')
    const shown = (options: Record<string, string> = {}) => {
      const invocation = { options: new Map(Object.entries(options)), user: 'lab', loginClass: 'super-user' }
      return command.text(command.run(invocation) as never, invocation)
    }
    expect(shown()).toBe(`\
Ingress LSP: 3 sessions
To              From            State Rt P     ActivePath       LSPname
10.0.0.9        10.255.0.1      Up     0 *     direct           red
172.16.0.1      10.255.0.1      Dn     0                        far
10.0.0.9        10.255.0.1      Dn     0                        off
Total 3 displayed, Up 1, Down 2
`)
    expect(shown({ detail: '' })).toContain('    Bandwidth: 5000000bps\n')
    bandwidths.keep(new Map())
    expect(bandwidths.of('red')).toBeUndefined()
  })

  test('any text for a name is an answer', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ maxLength: 300 }), fc.string({ maxLength: 40 }), async (lspName, pathName) => {
        const answer = await rsvp({ lspName, pathName })
        expect(answer.rsvpInfo?.status ?? answer.status).not.toBe(RsvpStatus.RSVP_LSP_PING_NOERROR)
      }),
      { numRuns: 30 },
    )
  })
})
