import { defineDaemon, product } from '@hangar/daemon'
import { Kernel } from '@hangar/protocol/hangar/kernel/v1/kernel_pb'
import { serveRoutingApis } from './api/services.ts'
import { watchSessions } from './clients/watch-sessions.ts'
import { contributeCommands } from './commands/index.ts'
import { showMplsLsp } from './commands/show-mpls-lsp.ts'
import { checkConfiguration } from './configuration/check.ts'
import { applyConfiguration } from './configuration/configuration.ts'
import { instanceFacts, routerIdOf } from './configuration/identity.ts'
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
    const bandwidths = new LspBandwidths()
    routing.onConfigured(() => bandwidths.keep(routing.settings.lsps))
    serveRoutingApis(host, routing, bandwidths)
    host.command(showMplsLsp(routing, bandwidths, product.release))

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
    lifecycle.onStop('forwarding', () => routing.forwarding.stop())

    const complete = Promise.all([configured.promise, interfaces.ready])
      .then(() => routing.rib.soon())
      .then(() => routing.forwarding.tablesComplete())
    void Promise.all([complete, interfacesUp.promise])
      .then(() => routing.committed())
      .then(() => host.signal('RIB_SYNCED'))
  },
})
