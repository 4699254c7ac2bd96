/** What one client may take of this process. README lists them. */
export const limits = {
  /** Calls under way on one connection; a client that asks for more waits for a free stream, as HTTP/2 has it. */
  concurrentCalls: 256,
  /** Bytes of one request message, gRPC's own default; a longer one is answered with RESOURCE_EXHAUSTED. */
  messageBytes: 4 * 1024 * 1024,
  /** Bytes of requests that a client may send before they are read, per call and in all calls of a connection: HTTP/2's windows. */
  unreadBytes: 1024 * 1024,
  /** Bytes of one HTTP/2 frame from a client. */
  frameBytes: 64 * 1024,
  /** Bytes of answers that may wait for a client that reads slowly, per call, before its daemon is held up. */
  unsentBytes: 256 * 1024,
  /** ms that a connection may take from its first byte to its first request. */
  firstRequest: 30_000,
  /** Connections that have not made their first request yet. */
  silentConnections: 64,
  /**
   * ms that the end of a connection may be behind the beginning of the next: a client that closes one channel and opens
   * another at once has its last word on the first still on its way. Counted on the machine's own clock.
   */
  farewell: 50,
  /** Login calls under way on one connection. */
  loginsPerSession: 4,
  /** Passwords that are being checked at once, over all connections. */
  loginsAtOnce: 4,
  /** ms that mgd may take to check a password. */
  passwordCheck: 10_000,
  /** Characters of a client id. */
  clientId: 255,
  /** Characters of a user name and of a password; a longer one is wrong without asking. */
  userName: 255,
  password: 1024,
} as const
