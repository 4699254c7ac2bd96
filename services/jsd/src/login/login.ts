import { type Client, Code, ConnectError } from '@connectrpc/connect'
import { status } from '@grpc/grpc-js'
import type { Mgd } from '@hangar/protocol/hangar/mgd/v1/mgd_pb'
import { type Logger, messageOf } from '@hangar/runtime'
import { clientIdFault } from '../session/client-id.ts'
import type { Identity, Session } from '../session/session.ts'
import type { Sessions } from '../session/sessions.ts'
import { limits } from '../transport/limits.ts'
import type { Credentials } from './credentials.ts'
import { Refusal } from './refusal.ts'
import { Turnstile } from './turnstile.ts'

/**
 * Both generations of the login call, and credentials in metadata, end here. mgd checks the password, which is slow on
 * purpose: only so many are checked at once, one a session, so that a session that guesses holds nobody else up.
 */
export class Login {
  readonly #mgd: Client<typeof Mgd>
  readonly #sessions: Sessions
  readonly #log: Logger
  readonly #checks = new Turnstile(limits.loginsAtOnce)
  readonly #perSession = new WeakMap<Session, Turnstile>()

  constructor(options: { mgd: Client<typeof Mgd>; sessions: Sessions; log: Logger }) {
    this.#mgd = options.mgd
    this.#sessions = options.sessions
    this.#log = options.log
  }

  /**
   * True: the session now belongs to this user and client id. False: wrong user or password, and the session is who it was.
   * Throws {@link Refusal} for what clients meet as a gRPC error: the client id is in use, or nobody can tell.
   */
  async attempt(session: Session, credentials: Credentials, signal: AbortSignal): Promise<boolean> {
    const { user, clientId } = credentials
    const loginClass = await this.#inTurn(session, () => this.#check(credentials, signal), signal)
    if (loginClass === undefined) {
      this.#log.info({ session: session.name, user: user.slice(0, limits.userName) }, 'login failed')
      return false
    }
    await this.#sessions.freeOrFarewell(clientId, session)
    // The client may have gone while its password was checked; an id that it took now would never be given back.
    if (session.ended || signal.aborted) throw new Refusal({ code: status.CANCELLED, details: 'The call is over' })
    this.#claim(session, { clientId, user, loginClass }, 'login')
    session.reached('mgd')
    this.#log.info({ session: session.name, user, client: session.clientId }, 'logged in')
    return true
  }

  /** Names a session that needs no login. Throws {@link Refusal} like an attempt does. */
  async name(session: Session, clientId: string): Promise<void> {
    await this.#sessions.freeOrFarewell(clientId, session)
    if (session.ended) throw new Refusal({ code: status.CANCELLED, details: 'The call is over' })
    // Calls that came together name the session once.
    if (session.identity) return
    this.#claim(session, { clientId, user: '', loginClass: '' }, 'name-only')
  }

  #claim(session: Session, identity: Identity, how: 'login' | 'name-only'): void {
    const fault = clientIdFault(identity.clientId)
    if (fault) throw new Refusal({ code: status.INVALID_ARGUMENT, details: fault })
    if (this.#sessions.claim(session, identity, how)) return
    const details = `JGrpcServer: Client Id ${identity.clientId} already exists`
    throw new Refusal({ code: status.INVALID_ARGUMENT, details: details.toWellFormed() })
  }

  #inTurn<T>(session: Session, check: () => Promise<T>, signal: AbortSignal): Promise<T> {
    const turnstile = this.#perSession.get(session) ?? new Turnstile(1)
    this.#perSession.set(session, turnstile)
    return turnstile.run(() => this.#checks.run(check, signal), signal)
  }

  /** The user's login class; undefined when user or password are wrong. */
  async #check({ user, password }: Credentials, signal: AbortSignal): Promise<string | undefined> {
    if (user === '' || user.length > limits.userName || password.length > limits.password) return undefined
    try {
      const answer = await this.#mgd.authenticate({ user, password }, { signal, timeoutMs: limits.passwordCheck })
      return answer.authenticated ? answer.loginClass : undefined
    } catch (error) {
      if (signal.aborted) throw error
      this.#log.warn({ error: messageOf(error) }, 'mgd cannot check a password')
      const late = ConnectError.from(error).code === Code.DeadlineExceeded
      const details = `Login is not possible: mgd ${late ? 'did not answer in time' : 'does not answer'}`
      throw new Refusal({ code: status.UNAVAILABLE, details })
    }
  }
}
