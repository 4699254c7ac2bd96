import { fromJson } from '@bufbuild/protobuf'
import { emptyRoot, loadSet, viewOf } from '@hangar/junos-config'
import {
  RouteGetResponse_StatusCode as GetCode,
  RouteOperResponse_StatusCode as OperCode,
  RouteDeleteRequestSchema,
  RouteGetRequestSchema,
  RouteUpdateRequestSchema,
} from '@hangar/protocol/jnx_routing_bgp_service_pb'
import { expect, it } from 'vitest'
import { BgpService } from '../bgp/bgp-service.ts'
import { applyConfiguration } from '../configuration/configuration.ts'
import { jetCall } from '../testing/jet-call.ts'
import { testRouting } from '../testing/routing.ts'
import { bgpModern } from './bgp-modern.ts'

const key = (destPrefix: object) => ({
  destPrefix,
  destPrefixLen: 8,
  table: { name: { name: 'inet.0' } },
  protocol: 'PROTO_BGP_STATIC',
})
const unicast = key({ inet: { addrString: '9.0.0.0' } })
const multicast = key({ inetBgpmcast: {} })
const route = (at: object) => ({ key: at, protocolNexthops: [{ addrString: '10.0.0.7' }] })

it('does not serve prefixes of multicast, and keeps the routes before them', async () => {
  const { routing, address } = await testRouting()
  const configuration = viewOf(loadSet(emptyRoot, 'set routing-options autonomous-system 65000').root)
  await applyConfiguration(routing, configuration, viewOf(emptyRoot))
  address('xe-0/0/0.0', '10.0.0.1/24')
  const service = bgpModern(new BgpService(routing), routing)
  const call = jetCall('a')
  await service.initialize!({ defaultAddressFormat: 0, defaultTableFormat: 0 } as never, call)
  const unsupported = { subCode: OperCode.REQUEST_UNSUPPORTED }

  const update = (...keys: object[]) => fromJson(RouteUpdateRequestSchema, { routes: keys.map(route) } as never)
  for (const operation of ['routeAdd', 'routeUpdate', 'routeModify'] as const)
    expect(await service[operation]!(update(multicast), call)).toMatchObject(unsupported)
  expect(await service.routeAdd!(update(unicast, multicast), call)).toMatchObject({
    ...unsupported,
    operationsCompleted: 1,
  })

  const codes = []
  const get = fromJson(RouteGetRequestSchema, { route: multicast } as never)
  for await (const { subCode } of service.routeGet!(get, call)) codes.push(subCode)
  expect(codes).toEqual([GetCode.REQUEST_UNSUPPORTED])

  const remove = (...routes: object[]) => fromJson(RouteDeleteRequestSchema, { routes } as never)
  expect(await service.routeDelete!(remove(multicast, unicast), call)).toMatchObject(unsupported)
  expect(await service.routeDelete!(remove(unicast), call)).toMatchObject({ operationsCompleted: 1 })
})
