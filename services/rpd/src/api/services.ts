import type { DaemonHost } from '@hangar/daemon'
import { InterfaceSubscriptions } from '../interfaces/subscriptions.ts'
import type { LspBandwidths } from '../mpls/lsp-bandwidths.ts'
import type { Routing } from '../routing.ts'

/** The JET services, of both generations, each loaded by its first call. What the two of one subject share is made with the first of them. */
export function serveRoutingApis(host: DaemonHost, routing: Routing, bandwidths: LspBandwidths): void {
  host.serveJetLater('routing.Base', async () => ({
    service: (await import('@hangar/protocol/prpd_service_pb')).Base,
    implementation: (await import('./base-classic.ts')).baseClassic(routing),
  }))
  host.serveJetLater('jnx.jet.routing.base.Base', async () => ({
    service: (await import('@hangar/protocol/jnx_routing_base_service_pb')).Base,
    implementation: (await import('./base-modern.ts')).baseModern(routing),
  }))

  const ribClients = once(async () => new (await import('./rib/rib-clients.ts')).RibClients(routing))
  const reads = once(async () => new (await import('../read/read-routes.ts')).RouteReads(routing.rib))
  host.serveJetLater('routing.Rib', async () => {
    const { ribClassic, ribClassicBytes } = await import('./rib-classic.ts')
    const { ribReadClassic } = await import('./rib-read-classic.ts')
    const clients = await ribClients()
    return {
      service: (await import('@hangar/protocol/rib_service_pb')).Rib,
      implementation: ribClassic(routing, clients),
      options: { bytes: { ...ribClassicBytes(routing, clients), ...ribReadClassic(routing, await reads()) } },
    }
  })
  host.serveJetLater('jnx.jet.routing.rib.Rib', async () => {
    const { ribModern, ribModernBytes } = await import('./rib-modern.ts')
    const { ribReadModern } = await import('./rib-read-modern.ts')
    const clients = await ribClients()
    return {
      service: (await import('@hangar/protocol/jnx_routing_rib_service_pb')).Rib,
      implementation: ribModern(clients),
      options: { bytes: { ...ribModernBytes(routing, clients), ...ribReadModern(routing, await reads()) } },
    }
  })

  const bgp = once(async () => new (await import('../bgp/bgp-service.ts')).BgpService(routing))
  host.serveJetLater('routing.BgpRoute', async () => ({
    service: (await import('@hangar/protocol/bgp_route_service_pb')).BgpRoute,
    implementation: (await import('./bgp-classic.ts')).bgpClassic(await bgp()),
  }))
  host.serveJetLater('jnx.jet.routing.bgp.Bgp', async () => ({
    service: (await import('@hangar/protocol/jnx_routing_bgp_service_pb')).Bgp,
    implementation: (await import('./bgp-modern.ts')).bgpModern(await bgp(), routing),
  }))

  host.serveJetLater('routing.FlexibleTunnel', async () => ({
    service: (await import('@hangar/protocol/flexible_tunnel_service_pb')).FlexibleTunnel,
    implementation: (await import('./tunnels-classic.ts')).tunnelsClassic(routing),
  }))
  host.serveJetLater('jnx.jet.routing.rib.FlexibleTunnel', async () => ({
    service: (await import('@hangar/protocol/jnx_routing_flexible_tunnel_service_pb')).FlexibleTunnel,
    implementation: (await import('./tunnels-modern.ts')).tunnelsModern(routing),
  }))

  host.serveJetLater('gribi.gRIBI', async () => ({
    service: (await import('@hangar/protocol/gribi_service_pb')).gRIBI,
    implementation: (await import('./gribi.ts')).gribi(routing),
  }))

  const subscriptions = new InterfaceSubscriptions(routing.interfaces)
  host.serveJetLater('routing.RoutingInterface', async () => ({
    service: (await import('@hangar/protocol/routing_interface_service_pb')).RoutingInterface,
    implementation: (await import('./interfaces-classic.ts')).interfacesClassic(routing.clients, subscriptions),
  }))
  host.serveJetLater('jnx.jet.routing.interfaces.Interfaces', async () => ({
    service: (await import('@hangar/protocol/jnx_routing_interface_service_pb')).Interfaces,
    implementation: (await import('./interfaces-modern.ts')).interfacesModern(routing.clients, subscriptions),
  }))

  host.serveJetLater('routing.MplsApi', async () => ({
    service: (await import('@hangar/protocol/mpls_api_service_pb')).MplsApi,
    implementation: (await import('./mpls-classic.ts')).mplsClassic(routing),
  }))
  host.serveJetLater('jnx.jet.routing.mplsautobw.MplsLspBandwidthUpdate', async () => ({
    service: (await import('@hangar/protocol/jnx_routing_mpls_autobw_service_pb')).MplsLspBandwidthUpdate,
    implementation: (await import('./mpls-modern.ts')).mplsModern(routing, bandwidths),
  }))
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => {
    made ??= make()
    return made
  }
}
