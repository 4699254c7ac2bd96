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
