import { type Clock, delay } from '@hangar/runtime'
import type { AuthContext, AuthenticationType, KeyboardAuthContext, ParsedKey, PublicKeyAuthContext } from 'ssh2'
import type { Login } from '../users/authenticator.ts'
import type { SshGate } from './services.ts'

/** Wrong passwords or signatures until the connection is closed. */
const mostFailures = 3
/** Attempts of any kind, keys that were only asked about included. */
const mostAttempts = 30
/** ms that a wrong password has to wait. */
const failureDelay = 1000

const methods: AuthenticationType[] = ['publickey', 'password', 'keyboard-interactive']

export interface AuthenticationOptions {
  gate: SshGate
  clock: Clock
  from: string
  /** Aborted when the connection closes. */
  signal: AbortSignal
  parseKey(data: Uint8Array): ParsedKey | Error | ParsedKey[]
  /** Too many failures. */
  giveUp(): void
}

/** The authentication of one connection: each attempt is answered, wrong ones late, and not many of them. */
export class Authentication {
  readonly #options: AuthenticationOptions
  #failures = 0
  #attempts = 0
  /** Who was let in. */
  login: Login | undefined

  constructor(options: AuthenticationOptions) {
    this.#options = options
  }

  async attempt(context: AuthContext): Promise<void> {
    if (++this.#attempts > mostAttempts) return this.#options.giveUp()
    const { gate, from } = this.#options
    const user = context.username
    switch (context.method) {
      case 'none':
        return this.#answer(context, gate.nobodyAsked?.(user))
      case 'password':
        return this.#answerProof(context, await gate.password(user, context.password, from))
      case 'keyboard-interactive': {
        const password = await ask(context as KeyboardAuthContext)
        return this.#answerProof(context, await gate.password(user, password, from))
      }
      case 'publickey':
        return this.#answerKey(context as PublicKeyAuthContext)
      default:
        return context.reject(methods)
    }
  }

  #answer(context: AuthContext, login: Login | undefined): void {
    this.login = login
    if (login) context.accept()
    else context.reject(methods)
  }

  async #answerProof(context: AuthContext, login: Login | undefined): Promise<void> {
    if (login) {
      this.#answer(context, login)
      return
    }
    const { gate, clock, from, signal } = this.#options
    gate.failed(context.username, from)
    this.#failures++
    try {
      await delay(clock, failureDelay, signal)
    } catch {
      return
    }
    context.reject(methods)
    if (this.#failures >= mostFailures) this.#options.giveUp()
  }

  async #answerKey(context: PublicKeyAuthContext): Promise<void> {
    const login = this.#options.gate.key(context.username, context.key.data)
    if (!login) return context.reject(methods)
    // Without a signature it is the question whether this key would do.
    if (!context.signature || !context.blob) return context.accept()
    const key = this.#options.parseKey(context.key.data)
    const proved =
      !(key instanceof Error) &&
      !Array.isArray(key) &&
      key.verify(context.blob, context.signature, context.hashAlgo) === true
    return this.#answerProof(context, proved ? login : undefined)
  }
}

function ask(context: KeyboardAuthContext): Promise<string> {
  return new Promise(resolve => {
    context.prompt([{ prompt: 'Password:', echo: false }], answers => resolve(answers?.[0] ?? ''))
  })
}
