import { StateOwner } from '@hangar/bus'
import { defineDaemon } from '@hangar/daemon'
import { type JetClient, Jsd } from '@hangar/protocol/hangar/jsd/v1/jsd_pb'
import { Mgd } from '@hangar/protocol/hangar/mgd/v1/mgd_pb'
import type { Endpoint } from '@hangar/runtime'
import { jetClient, jsdService } from './api/jsd.ts'
import { clearClients } from './commands/clear-clients.ts'
import { showClients } from './commands/show-clients.ts'
import { showServers } from './commands/show-servers.ts'
import { checkConfiguration } from './configuration/check.ts'
import { defaultSettings, grpcPath, readSettings } from './configuration/settings.ts'
import { Connections } from './listener/connections.ts'
import { Front } from './listener/front.ts'
import { deviceSockets } from './listener/sockets.ts'
import { Login } from './login/login.ts'
import { Dispatcher } from './routing/dispatcher.ts'
import { RoutingTable } from './routing/routing-table.ts'
import { Sessions } from './session/sessions.ts'

export type { Endpoint }

export interface JsdOptions {
  /** Stands in for the configured port on this host; 0: any free one. */
  port?: number
  /** Where it listens, told whenever that changes; undefined: nowhere. */
  onListening?(endpoint: Endpoint | undefined): void
}

/** The gRPC front end of JET: listeners, sessions, login, and the way of each call to the daemon that serves it. */
export const jsd = defineDaemon<JsdOptions | undefined>({
  name: 'jsd',
  title: 'JET services daemon',
  signals: ['JSD_LISTENING'],
  async start(host, options = {}) {
    const { bus, clock, log, metrics } = host
    let settings = defaultSettings
    const calls = metrics.counter('jsd_calls_total', 'Calls that came in, logins included')
    const refused = metrics.counter('jsd_refused_connections_total', 'Connections closed for want of a place')

    const clients = new StateOwner<JetClient>({ incarnation: bus.incarnation })
    const sessions = new Sessions({
      clock,
      prefix: bus.incarnation,
      maxConnections: settings.maxConnections,
      onIdentity: session => clients.put(session.name, jetClient(session)),
      onClose: session => clients.delete(session.name),
    })
    const connections = new Connections({ clock, log, sessions, onRefused: () => refused.add() })
    const routes = new RoutingTable(bus)
    const dispatcher = new Dispatcher({
      sessionOf: peer => connections.sessionOf(peer),
      routes,
      login: new Login({ mgd: bus.client('mgd', Mgd), sessions, log }),
      rules: () => settings,
      onCall: () => calls.add(),
    })
    const front = new Front({
      host: host.listenHost,
      port: options.port,
      connections,
      log,
      onCall: (path, call) => dispatcher.dispatch(path, call),
      onListening: endpoint => options.onListening?.(endpoint),
    })
    metrics.gauge('jsd_sessions', 'Sessions that are open', () => sessions.size)

    const members = await bus.watchMembers(routes)
    host.lifecycle.onStop('members', async () => members[Symbol.asyncDispose]())
    host.lifecycle.onStop('listener', () => front.close())

    host.configure({
      subtrees: [grpcPath.slice(0, -1), ['security', 'certificates']],
      check: next => checkConfiguration(next),
      async apply(next) {
        settings = readSettings(next)
        sessions.maxConnections = settings.maxConnections
        const problems = await front.apply(settings)
        if (problems.length === 0) host.signal('JSD_LISTENING')
        return problems
      },
    })
    host.serve(Jsd, jsdService(clients))
    for (const version of ['v1', 'v1alpha'] as const)
      host.serveJetLater(`grpc.reflection.${version}.ServerReflection`, async () => {
        const { Reflection } = await import('./reflection/reflection.ts')
        return new Reflection({ bus, routes, log }).service(version)
      })
    host.command(showServers(() => ({ settings, listening: front.listening })))
    host.command(showClients(sessions))
    host.command(clearClients(sessions))
    host.completion('jet-client', () => sessions.names())
    host.sockets(() => deviceSockets(settings, front.listening, sessions))
  },
})
