import type { Broker } from '../broker/broker.ts'
import type { Notification } from './notification.ts'

/** The service's sockets as `show system connections` lists them: with the port that is configured, whatever it is mapped to outside. */
export function* notificationSockets(notification: Notification, broker: Broker | undefined) {
  if (!notification.endpoint) return
  const { port } = notification
  for (const client of broker?.clients() ?? []) {
    if (client.entrance !== notification) continue
    yield {
      protocol: client.address.includes(':') ? 'tcp6' : 'tcp4',
      local: `${client.localAddress}.${port}`,
      foreign: `${client.address}.${client.foreignPort}`,
      state: 'ESTABLISHED',
    }
  }
  yield { protocol: 'tcp4', local: `*.${port}`, foreign: '*.*', state: 'LISTEN' }
}
