import { defineDaemon } from '@hangar/daemon'
import { FlexibleTunnel } from '@hangar/protocol/flexible_tunnel_service_pb'
import { Kernel } from '@hangar/protocol/hangar/kernel/v1/kernel_pb'
import { Base as BaseModern } from '@hangar/protocol/jnx_routing_base_service_pb'
import { FlexibleTunnel as FlexibleTunnelModern } from '@hangar/protocol/jnx_routing_flexible_tunnel_service_pb'
import { Base } from '@hangar/protocol/prpd_service_pb'
import { baseClassic } from './api/base-classic.ts'
import { baseModern } from './api/base-modern.ts'
import { tunnelsClassic } from './api/tunnels-classic.ts'
import { tunnelsModern } from './api/tunnels-modern.ts'
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
      links: { isUp: () => false, interfaceWith: () => undefined },
      kernel: bus.client('kernel', Kernel),
      incarnation: bus.incarnation,
    })
    host.serveJet(Base, baseClassic(routing))
    host.serveJet(BaseModern, baseModern(routing))
    host.serveJet(FlexibleTunnel, tunnelsClassic(routing))
    host.serveJet(FlexibleTunnelModern, tunnelsModern(routing))

    const members = await bus.watchMembers({
      up: ({ daemon, incarnation }) => {
        if (daemon === 'kernel') routing.forwarding.kernelUp(incarnation)
      },
      down: (daemon, incarnation) => {
        if (daemon === 'kernel') routing.forwarding.kernelDown(incarnation)
      },
    })
    lifecycle.onStop('members', async () => members[Symbol.asyncDispose]())
    host.signal('RIB_SYNCED')
  },
})
