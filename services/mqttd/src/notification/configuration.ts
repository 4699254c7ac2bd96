import type { ConfigView } from '@hangar/junos-config'

export const notificationPath = ['system', 'services', 'extension-service', 'notification'] as const

/** `system services extension-service notification`, with its defaults filled in. */
export interface NotificationConfiguration {
  port: number
  maxConnections: number
  /** Bytes. */
  socketSendBuffer: number
  /** Prefixes, addresses and host names. */
  allowClients: readonly string[]
}

export const notificationDefaults: NotificationConfiguration = {
  port: 1883,
  maxConnections: 20,
  socketSendBuffer: 65_536,
  allowClients: [],
}

/** What the root of a configuration says; undefined without the statement: the service is off. */
export function readNotification(root: ConfigView): NotificationConfiguration | undefined {
  const view = root.at(...notificationPath)
  if (!view.exists) return undefined
  return {
    port: view.number('port') ?? notificationDefaults.port,
    maxConnections: view.number('max-connections') ?? notificationDefaults.maxConnections,
    socketSendBuffer: view.number('broker-socket-send-buffer-size') ?? notificationDefaults.socketSendBuffer,
    allowClients: view.at('allow-clients').values('address'),
  }
}
