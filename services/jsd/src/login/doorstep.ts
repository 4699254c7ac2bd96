import { answers } from '../routing/call-status.ts'
import type { Session } from '../session/session.ts'
import type { WireCall, WireCallListener, WireMetadata } from '../transport/wire-call.ts'
import type { Credentials } from './credentials.ts'
import type { Login } from './login.ts'
import { statusOfLogin } from './login-call.ts'
import { metadataClientId, metadataCredentials } from './metadata-login.ts'

/** What lets calls of a session in that has not logged in. */
export interface DoorstepRules {
  readonly skipAuthentication: boolean
}

/** One attempt with the same credentials serves all the calls that brought them. */
const attempts = new WeakMap<Session, { credentials: Credentials; outcome: Promise<boolean> }>()

/**
 * A call that came before a login. Its metadata may carry the login, or skip-authentication lets it in; until that is
 * known, nothing of it is read.
 */
export class Doorstep implements WireCallListener {
  readonly #call: WireCall
  readonly #session: Session
  readonly #login: Login
  readonly #rules: DoorstepRules
  readonly #enter: WireCallListener

  /** `enter` takes the call over when it is let in. */
  constructor(call: WireCall, session: Session, login: Login, rules: DoorstepRules, enter: WireCallListener) {
    this.#call = call
    this.#session = session
    this.#login = login
    this.#rules = rules
    this.#enter = enter
  }

  onReceiveMetadata(metadata: WireMetadata): void {
    const { skipAuthentication } = this.#rules
    const credentials = metadataCredentials(metadata)
    const notAccepted = () => {
      if (skipAuthentication) this.#enterUnnamed(metadata)
      else this.#call.sendStatus(answers.notAuthorized)
    }
    if (!credentials) notAccepted()
    else
      this.#attempt(credentials).then(
        accepted => (accepted ? this.#call.start(this.#enter) : notAccepted()),
        error => this.#call.sendStatus(statusOfLogin(error)),
      )
  }

  onReceiveMessage(): void {}
  onReceiveHalfClose(): void {}
  onCancel(): void {}

  /** Lets the call in without a user. The first one gives the session its client id. */
  #enterUnnamed(metadata: WireMetadata): void {
    this.#login.name(this.#session, metadataClientId(metadata) ?? '').then(
      () => this.#call.start(this.#enter),
      error => this.#call.sendStatus(statusOfLogin(error)),
    )
  }

  #attempt(credentials: Credentials): Promise<boolean> {
    const running = attempts.get(this.#session)
    if (running && same(running.credentials, credentials)) return running.outcome
    // The outcome belongs to several calls: one that is cancelled does not take it from the others.
    const outcome = this.#login.attempt(this.#session, credentials, new AbortController().signal)
    const attempt = { credentials, outcome }
    attempts.set(this.#session, attempt)
    const forget = () => {
      if (attempts.get(this.#session) === attempt) attempts.delete(this.#session)
    }
    outcome.then(forget, forget)
    return outcome
  }
}

function same(one: Credentials, other: Credentials): boolean {
  return one.user === other.user && one.password === other.password && one.clientId === other.clientId
}
