import { defineDaemon, product } from '@hangar/daemon'
import { BgpRoute } from '@hangar/protocol/bgp_route_service_pb'
import { FlexibleTunnel } from '@hangar/protocol/flexible_tunnel_service_pb'
import { gRIBI } from '@hangar/protocol/gribi_service_pb'
import { Kernel } from '@hangar/protocol/hangar/kernel/v1/kernel_pb'
import { Base as BaseModern } from '@hangar/protocol/jnx_routing_base_service_pb'
import { Bgp } from '@hangar/protocol/jnx_routing_bgp_service_pb'
import { FlexibleTunnel as FlexibleTunnelModern } from '@hangar/protocol/jnx_routing_flexible_tunnel_service_pb'
import { Interfaces } from '@hangar/protocol/jnx_routing_interface_service_pb'
import { MplsLspBandwidthUpdate } from '@hangar/protocol/jnx_routing_mpls_autobw_service_pb'
import { MplsApi } from '@hangar/protocol/mpls_api_service_pb'
import { Base } from '@hangar/protocol/prpd_service_pb'
import { Rib } from '@hangar/protocol/rib_service_pb'
import { RoutingInterface } from '@hangar/protocol/routing_interface_service_pb'
import { baseClassic } from './api/base-classic.ts'
import { baseModern } from './api/base-modern.ts'
import { bgpClassic } from './api/bgp-classic.ts'
import { bgpModern } from './api/bgp-modern.ts'
import { gribi } from './api/gribi.ts'
import { interfacesClassic } from './api/interfaces-classic.ts'
import { interfacesModern } from './api/interfaces-modern.ts'
import { mplsClassic } from './api/mpls-classic.ts'
import { mplsModern } from './api/mpls-modern.ts'
import { RibClients } from './api/rib/rib-clients.ts'
import { ribClassic } from './api/rib-classic.ts'
import { tunnelsClassic } from './api/tunnels-classic.ts'
import { tunnelsModern } from './api/tunnels-modern.ts'
import { BgpService } from './bgp/bgp-service.ts'
import { watchSessions } from './clients/watch-sessions.ts'
import { contributeCommands } from './commands/index.ts'
import { showMplsLsp } from './commands/show-mpls-lsp.ts'
import { checkConfiguration } from './configuration/check.ts'
import { applyConfiguration } from './configuration/configuration.ts'
import { instanceFacts, routerIdOf } from './configuration/identity.ts'
import { InterfaceSubscriptions } from './interfaces/subscriptions.ts'
import { watchInterfaces } from './interfaces/watch-interfaces.ts'
import { LspBandwidths } from './mpls/lsp-bandwidths.ts'
import { Routing } from './routing.ts'

/** Routing tables, next hops, and the JET routing APIs. */
export const rpd = defineDaemon({
  name: 'rpd',
  title: 'Routing process',
  signals: ['RIB_SYNCED'],
  async start(host) {
    const { bus, clock, log, lifecycle } = host
    const routing = new Routing({
      clock,
      log,
      kernel: bus.client('kernel', Kernel),
      incarnation: bus.incarnation,
    })
    host.serveJet(Base, baseClassic(routing))
    host.serveJet(BaseModern, baseModern(routing))
    host.serveJet(FlexibleTunnel, tunnelsClassic(routing))
    host.serveJet(FlexibleTunnelModern, tunnelsModern(routing))
    host.serveJet(gRIBI, gribi(routing))
    const ribClients = new RibClients(routing)
    host.serveJet(Rib, {}, { bytes: ribClassic(routing, ribClients) })
    const bgp = new BgpService(routing)
    host.serveJet(BgpRoute, bgpClassic(bgp))
    host.serveJet(Bgp, bgpModern(bgp, routing))
    const bandwidths = new LspBandwidths()
    routing.onConfigured(() => bandwidths.keep(routing.settings.lsps))
    host.serveJet(MplsApi, mplsClassic(routing))
    host.serveJet(MplsLspBandwidthUpdate, mplsModern(routing, bandwidths))
    host.command(showMplsLsp(routing, bandwidths, product.release))

    const subscriptions = new InterfaceSubscriptions(routing.interfaces)
    host.serveJet(RoutingInterface, interfacesClassic(routing.clients, subscriptions))
    host.serveJet(Interfaces, interfacesModern(routing.clients, subscriptions))

    contributeCommands(host, routing, {
      identity: () => ({
        routerId: routerIdOf(routing.settings, routing.interfaces),
        autonomousSystem: String(routing.settings.autonomousSystem ?? ''),
      }),
      instances: () => instanceFacts(routing.settings, routing.interfaces),
    })

    const configured = Promise.withResolvers<void>()
    host.configure({
      subtrees: [['policy-options'], ['protocols'], ['routing-instances'], ['routing-options']],
      check: checkConfiguration,
      async apply(next, current) {
        await applyConfiguration(routing, next, current)
        configured.resolve()
      },
    })

    const interfaces = watchInterfaces(host, routing.interfaces)
    lifecycle.onStop('interfaces', async () => interfaces[Symbol.asyncDispose]())
    const sessions = watchSessions(host, routing.clients)
    lifecycle.onStop('sessions', async () => sessions[Symbol.asyncDispose]())

    const interfacesUp = Promise.withResolvers<void>()
    const members = await bus.watchMembers({
      up: ({ daemon, incarnation, signals }) => {
        if (daemon === 'kernel') routing.forwarding.kernelUp(incarnation)
        if (daemon === 'jsd') sessions.jsdUp()
        if (signals.includes('INTERFACES_UP')) interfacesUp.resolve()
      },
      down: (daemon, incarnation) => {
        if (daemon === 'kernel') routing.forwarding.kernelDown(incarnation)
        if (daemon === 'jsd') sessions.jsdDown()
      },
    })
    lifecycle.onStop('members', async () => members[Symbol.asyncDispose]())

    void Promise.all([configured.promise, interfacesUp.promise, interfaces.ready])
      .then(() => routing.committed())
      .then(() => host.signal('RIB_SYNCED'))
  },
})
