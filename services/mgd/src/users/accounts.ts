import type { ConfigView } from '@hangar/junos-config'
import { type LoginClass, loginClass } from './login-class.ts'

/** A user as configured. */
export interface Account {
  readonly name: string
  readonly loginClass: string
  /** crypt(3) text; undefined: no password opens it. */
  readonly encryptedPassword: string | undefined
  /** "ssh-ed25519 AAAA... comment" */
  readonly keys: readonly string[]
}

const keyStatements = ['ssh-rsa', 'ssh-ecdsa', 'ssh-ed25519']

/** The users of a configuration, given with its groups expanded. */
export class Accounts {
  readonly #system: ConfigView

  constructor(configuration: ConfigView) {
    this.#system = configuration.at('system')
  }

  /** `root` is there when it has an authentication. */
  find(name: string): Account | undefined {
    if (name === 'root') {
      const root = this.#system.at('root-authentication')
      return root.exists ? account('root', 'super-user', root) : undefined
    }
    // Names come from the network: one that could not be configured must not reach the path.
    const user = this.#system
      .at('login')
      .list('user')
      .find(one => one.key === name)
    return user && account(name, user.leaf('class') ?? 'unauthorized', user.at('authentication'))
  }

  names(): string[] {
    return this.#system
      .at('login')
      .list('user')
      .map(user => user.key)
  }

  classOf(name: string): LoginClass {
    return loginClass(this.#system, name)
  }
}

function account(name: string, loginClass: string, authentication: ConfigView): Account {
  return {
    name,
    loginClass,
    encryptedPassword: authentication.leaf('encrypted-password'),
    keys: keyStatements.flatMap(statement => authentication.list(statement).map(entry => entry.key)),
  }
}
