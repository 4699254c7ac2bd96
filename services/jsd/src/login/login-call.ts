import { status } from '@grpc/grpc-js'
import { answers, statusFrom } from '../routing/call-status.ts'
import type { Session } from '../session/session.ts'
import { limits } from '../transport/limits.ts'
import type { WireCall, WireCallListener, WireStatus } from '../transport/wire-call.ts'
import type { Login } from './login.ts'
import type { LoginMethod } from './login-methods.ts'
import { Refusal } from './refusal.ts'

/** Login calls that each session has under way, from their first byte: before login, they are all that takes memory. */
const underWay = new WeakMap<Session, number>()

/** A login as a gRPC call: the only one that jsd reads itself. */
export class LoginCall implements WireCallListener {
  readonly #call: WireCall
  readonly #session: Session
  readonly #method: LoginMethod
  readonly #login: Login
  readonly #abort = new AbortController()
  #request: Uint8Array | undefined
  #counted = false

  constructor(call: WireCall, session: Session, method: LoginMethod, login: Login) {
    this.#call = call
    this.#session = session
    this.#method = method
    this.#login = login
  }

  onReceiveMetadata(): void {
    const under = underWay.get(this.#session) ?? 0
    if (under >= limits.loginsPerSession) {
      this.#call.sendStatus(answers.tooManyLogins)
      return
    }
    this.#counted = true
    underWay.set(this.#session, under + 1)
    this.#call.startRead()
  }

  onReceiveMessage(message: Uint8Array): void {
    if (this.#request) {
      this.#call.sendStatus(answers.secondRequest)
      return
    }
    this.#request = message
    this.#call.startRead()
  }

  onReceiveHalfClose(): void {
    if (this.#request) void this.#answer(this.#request)
    else this.#call.sendStatus(answers.noRequest)
  }

  onCancel(): void {
    if (this.#counted) underWay.set(this.#session, (underWay.get(this.#session) ?? 1) - 1)
    this.#counted = false
    this.#abort.abort()
  }

  async #answer(request: Uint8Array): Promise<void> {
    try {
      const credentials = readCredentials(this.#method, request)
      const accepted = await this.#login.attempt(this.#session, credentials, this.#abort.signal)
      this.#call.sendMessage(accepted ? this.#method.accepted : this.#method.rejected, () => {})
      this.#call.sendStatus(answers.ok)
    } catch (error) {
      this.#call.sendStatus(statusOfLogin(error))
    }
  }
}

function readCredentials(method: LoginMethod, request: Uint8Array) {
  try {
    return method.read(request)
  } catch {
    // What a gRPC server answers for bytes that are not the message.
    throw new Refusal({ code: status.INTERNAL, details: 'The login request cannot be decoded' })
  }
}

/** The gRPC status of a login that threw. */
export function statusOfLogin(error: unknown): WireStatus {
  return error instanceof Refusal ? error.status : statusFrom(error)
}
