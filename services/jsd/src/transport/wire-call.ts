import type { status as Status } from '@grpc/grpc-js'

/**
 * One call as the transport hands it on: a path, and bytes in both directions. It is the part of grpc-js's call that jsd
 * leans on and no more, so that another HTTP/2 stack could stand behind it.
 */
export interface WireCall {
  /**
   * Begins the call: the listener hears its metadata at once, the rest as it arrives. Begun again before anything was read,
   * the call is the new listener's. A call that is already over is never begun.
   */
  start(listener: WireCallListener): void
  /** Asks for one more message (or the end of the client's messages). Nothing is read from the client unasked. */
  startRead(): void
  /** Sends a message; `sent` is called when the transport took it, never when the call ended before that. */
  sendMessage(message: Buffer, sent: () => void): void
  /** Ends the call. */
  sendStatus(status: WireStatus): void
  /** The far end of its connection, "127.0.0.1:50000"; "unknown" when the connection is gone. */
  getPeer(): string
  /** Unix time in ms, Infinity without a deadline. The transport ends the call itself when it passes. */
  getDeadline(): Date | number
}

export interface WireCallListener {
  onReceiveMetadata(metadata: WireMetadata): void
  onReceiveMessage(message: Uint8Array): void
  /** The client will send no more messages. */
  onReceiveHalfClose(): void
  /** The call is over, for whatever reason: cancelled, its deadline passed, its connection lost, or its status sent. */
  onCancel(): void
}

export interface WireMetadata {
  get(key: string): (string | Buffer)[]
}

export interface WireStatus {
  code: Status
  details: string
  metadata?: import('@grpc/grpc-js').Metadata | null
}
