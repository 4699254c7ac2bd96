import type { ClientStream } from './client-stream.ts'
import type { Entrance } from './entrance.ts'

/** A client's connection to the broker. */
export interface Connection {
  /** Tells connections apart, also those that follow each other under one client id. */
  readonly key: string
  readonly entrance: Entrance
  readonly stream: ClientStream
  /** The client's address; IPv4 is never written as mapped into IPv6. */
  readonly address: string
  readonly foreignPort: number
  readonly localAddress: string
  /** Set when its CONNECT was let in. */
  clientId?: string
  /** Seconds, as its CONNECT says. */
  keepalive: number
  /** Whether the session ends with the connection. */
  clean: boolean
  username?: string
  /** The client asked for what [MQTT-3.1.3-8] forbids: a persistent session without a name. */
  nameless: boolean
}
