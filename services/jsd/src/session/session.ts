import { create } from '@bufbuild/protobuf'
import { type Caller, CallerSchema } from '@hangar/protocol/hangar/daemon/v1/daemon_pb'

/** Who a session belongs to, once it has said so. */
export interface Identity {
  /** Empty when the client gave none; it then goes by its socket address. */
  readonly clientId: string
  /** Empty for a client that only named itself, under skip-authentication. */
  readonly user: string
  readonly loginClass: string
}

/** One connection that has made a request. It lives as long as the connection, and all that is known of it hangs here. */
export class Session {
  readonly name: string
  /** "ipv6:::ffff:192.0.2.1:50000" */
  readonly peer: string
  /** This end's address. */
  readonly localAddress: string
  readonly #endConnection: () => void
  readonly #channels = new Set<string>()
  #identity: Identity | undefined
  #loginTime: number | undefined
  #caller: Caller
  #ended = false
  readonly #gone = Promise.withResolvers<void>()

  constructor(name: string, connection: { peer: string; localAddress: string; end: () => void }) {
    this.name = name
    this.peer = connection.peer
    this.localAddress = connection.localAddress
    this.#endConnection = connection.end
    this.#caller = this.#describe()
  }

  /** What the daemons are told of who calls. The object is never changed: calls share it. */
  get caller(): Caller {
    return this.#caller
  }

  /** What people know it by: its client id or, for want of one, its socket address. */
  get clientId(): string {
    return this.#caller.clientId
  }

  get identity(): Identity | undefined {
    return this.#identity
  }

  get loggedIn(): boolean {
    return this.#loginTime !== undefined
  }

  /** Unix time in ms. */
  get loginTime(): number | undefined {
    return this.#loginTime
  }

  /** The daemons that have worked for this session. */
  get channels(): ReadonlySet<string> {
    return this.#channels
  }

  get ended(): boolean {
    return this.#ended
  }

  /** Resolves when the connection is gone. */
  get gone(): Promise<void> {
    return this.#gone.promise
  }

  /** Calls that are under way keep the caller that they began with. */
  become(identity: Identity, loginTime: number | undefined): void {
    this.#identity = identity
    this.#loginTime = loginTime
    this.#caller = this.#describe()
  }

  reached(daemon: string): void {
    this.#channels.add(daemon)
  }

  /** Closes the connection; its calls are cancelled. */
  end(): void {
    this.#endConnection()
  }

  /** The connection is gone. */
  markEnded(): void {
    this.#ended = true
    this.#gone.resolve()
  }

  #describe(): Caller {
    return create(CallerSchema, {
      session: this.name,
      clientId: this.#identity?.clientId || this.peer,
      user: this.#identity?.user ?? '',
      loginClass: this.#identity?.loginClass ?? '',
      peer: this.peer,
    })
  }
}
