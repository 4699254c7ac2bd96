import { join } from 'node:path'
import type { DaemonHost, Problem } from '@hangar/daemon'
import type { ConfigView } from '@hangar/junos-config'
import type { CliSessions } from '../cli/sessions.ts'
import type { NetconfSessions } from '../netconf/sessions.ts'
import type { MgdOptions } from '../options.ts'
import type { Authenticator } from '../users/authenticator.ts'
import type { Terminals } from '../users/terminals.ts'
import { listenConsole } from './console.ts'
import { Door } from './door.ts'
import { consoleGate, networkGate } from './gates.ts'
import { SshListeners } from './listeners.ts'

/** SSH from the network and at the console, as far as it outlives a single connection. */
export async function openSsh(device: {
  host: DaemonHost
  options: MgdOptions
  authenticator: Authenticator
  cli: CliSessions
  netconf: NetconfSessions
  terminals: Terminals
  /** `[edit system]`, as committed. */
  system(): ConfigView
}) {
  const { host, options, authenticator, cli, netconf, terminals, system } = device
  const { clock, log, lifecycle } = host
  const door = new Door({
    keyDirectory: join(options.directory, 'ssh'),
    clock,
    log,
    services: {
      shell: (visitor, terminal) => cli.shell(visitor, terminal),
      exec: (visitor, terminal, script) => cli.exec(visitor, terminal, script),
      netconf: (visitor, channel) => netconf.serve(visitor, channel),
    },
  })

  const gate = networkGate({ authenticator, system, syslog: message => host.syslog(message) })
  const listeners = new SshListeners({
    host: host.listenHost,
    ports: { ssh: options.sshPort, netconf: options.netconfPort },
    clock,
    admit: (socket, at) => void door.admit(socket, { gate, from: plainAddress(socket.remoteAddress), ...at }),
    onListening: endpoints => options.onListening?.(endpoints),
  })
  lifecycle.onStop('ssh listeners', () => listeners.close())
  // At the start a port that cannot be had is an error of the start; afterwards it is a warning of the commit.
  const [problem] = await listeners.apply(system().at('services'))
  if (problem) throw problem.error

  if (options.cliSocket !== undefined) {
    const at = {
      gate: consoleGate(authenticator),
      kinds: new Set(['cli', 'netconf'] as const),
      maxSessions: 100,
      from: 'console',
    }
    const console = await listenConsole(options.cliSocket, socket => void door.admit(socket, at))
    lifecycle.onStop('console', () => console.close())
  }
  lifecycle.onStop('sessions', () => terminals.endAll())

  return {
    apply: (configuration: ConfigView): Promise<readonly Problem[]> =>
      listeners.apply(configuration.at('system', 'services')),
    sockets: () => listeners.sockets(),
  }
}

/** An IPv4 client of a socket for both families, as itself. */
function plainAddress(address = ''): string {
  return address.replace(/^::ffff:(?=\d+\.)/, '')
}
