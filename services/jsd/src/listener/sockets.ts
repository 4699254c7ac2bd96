import { isIPv4, isIPv6 } from 'node:net'
import type { DaemonHost } from '@hangar/daemon'
import type { Settings } from '../configuration/settings.ts'
import type { Session } from '../session/session.ts'

type Sockets = ReturnType<Parameters<DaemonHost['sockets']>[0]>

/** The sockets as the device sees them, whatever address and port stand in for its own on this host. */
export function deviceSockets(settings: Settings, listening: boolean, sessions: Iterable<Session>): Sockets {
  const { listener } = settings
  if (!listener || !listening) return []
  const { address, port } = listener
  const any = address === '::' || address === '0.0.0.0'
  const protocol = isIPv4(address) ? 'tcp4' : any ? 'tcp46' : isIPv6(address) ? 'tcp6' : 'tcp4'
  const local = `${any ? '*' : address}.${port}`
  return [
    ...[...sessions].map(session => established(session, port)),
    { protocol, local, foreign: '*.*', state: 'LISTEN' },
  ]
}

function established({ peer, localAddress }: Session, port: number) {
  // "ipv6:::ffff:192.0.2.1:50000"; a mapped address is listed as the IPv4 address that it is.
  const colon = peer.lastIndexOf(':')
  const remote = unmapped(peer.slice('ipvN:'.length, colon))
  return {
    protocol: isIPv4(remote) ? 'tcp4' : 'tcp6',
    local: `${unmapped(localAddress)}.${port}`,
    foreign: `${remote}.${peer.slice(colon + 1)}`,
    state: 'ESTABLISHED',
  }
}

function unmapped(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/, '')
}
