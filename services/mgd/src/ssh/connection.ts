import type { Socket } from 'node:net'
import type { Clock, Logger } from '@hangar/runtime'
import type { Connection, ParsedKey } from 'ssh2'
import { Authentication } from './authentication.ts'
import { lines } from './message.ts'
import type { SshGate, SshServices, Visitor } from './services.ts'
import { serveSession } from './session.ts'

/** ms that a client has to log in. */
const loginGrace = 60_000
/** ms between questions to a client that says nothing, and how many may stay unanswered. */
const keepalive = { keepaliveInterval: 30_000, keepaliveCountMax: 4 }

type Ssh2 = typeof import('ssh2')

export interface ConnectionOptions {
  ssh2: Ssh2
  hostKeys: readonly ParsedKey[]
  gate: SshGate
  services: SshServices
  /** What may be asked for here. */
  kinds: ReadonlySet<'cli' | 'netconf'>
  /** Sessions that may be open at once. */
  maxSessions: number
  from: string
  clock: Clock
  log: Logger
}

/** Speaks SSH on a socket until it closes. Whatever comes in, the worst is that this one connection is closed. */
export function serveConnection(socket: Socket, options: ConnectionOptions): void {
  const { ssh2, gate, clock, log, from } = options
  const closed = new AbortController()
  const cancelGrace = clock.after(loginGrace, () => socket.destroy())
  socket.on('close', () => {
    cancelGrace()
    closed.abort()
  })
  const banner = gate.banner()
  const server = new ssh2.Server({
    hostKeys: options.hostKeys.map(key => ({ key })) as never,
    ident: 'Hangar',
    ...(banner && { banner: `${lines(banner).join('\r\n')}\r\n` }),
    ...keepalive,
  } as ConstructorParameters<Ssh2['Server']>[0])
  server.on('connection', (client: Connection) => {
    const authentication = new Authentication({
      gate,
      clock,
      from,
      signal: closed.signal,
      parseKey: data => ssh2.utils.parseKey(Buffer.from(data)),
      giveUp: () => client.end(),
    })
    client.on('error', error => log.debug({ from, error: error.message }, 'ssh connection failed'))
    client.on('authentication', context => {
      authentication.attempt(context).catch(error => {
        log.error({ from, error: String(error) }, 'ssh authentication failed')
        client.end()
      })
    })
    client.on('ready', () => {
      cancelGrace()
      const login = authentication.login
      if (!login) return void client.end()
      serveSessions(client, { ...options, visitor: { ...login, from } }, closed.signal)
    })
  })
  server.injectSocket(socket)
}

function serveSessions(
  client: Connection,
  options: ConnectionOptions & { visitor: Visitor },
  connectionClosed: AbortSignal,
) {
  const { visitor, services, kinds } = options
  let open = 0
  const onClose = () => {
    open--
  }
  client.on('session', (accept, reject) => {
    // A session that asks for nothing is counted until its connection closes.
    if (open >= options.maxSessions) return reject()
    open++
    serveSession(accept(), { visitor, services, kinds, connectionClosed, onClose })
  })
}
