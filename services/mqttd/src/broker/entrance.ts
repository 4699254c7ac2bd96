/** One of the broker's doors: who comes in through it, and what is said about that. */
export interface Entrance {
  /** Why a client may not come in, as a log line; undefined lets it in. Asked when its CONNECT is there. */
  refusal(address: string, clientId: string): string | undefined
  /** Looks at a CONNECT's credentials. */
  authenticate(username: string | undefined, password: Uint8Array | undefined): boolean
  /** The identifier to use in place of the client's own, so that nobody can take the session over. */
  clientId?(): string
  /** Hears of what happens here, in mosquitto's words. */
  log(line: string): void
  /** For the log: the port that the clients know. */
  readonly port: number
  /** Bytes that may wait for each client here, beyond what the broker allows anyway. */
  readonly sendBuffer: number
}
