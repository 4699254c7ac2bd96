import type { Account, Accounts } from './accounts.ts'
import type { PasswordChecker } from './password.ts'

/** Somebody who is logged in. */
export interface Login {
  readonly user: string
  readonly loginClass: string
}

/** Who may in, by the users of the committed configuration. */
export class Authenticator {
  readonly #checker: PasswordChecker
  #accounts: Accounts

  constructor(checker: PasswordChecker, accounts: Accounts) {
    this.#checker = checker
    this.#accounts = accounts
  }

  /** From the next attempt on, these users count. */
  use(accounts: Accounts): void {
    this.#accounts = accounts
  }

  get accounts(): Accounts {
    return this.#accounts
  }

  async byPassword(user: string, password: string): Promise<Login | undefined> {
    const account = this.#accounts.find(user)
    const right = await this.#checker.check(password, account?.encryptedPassword)
    return right && account ? loginOf(account) : undefined
  }

  /** Whether the user has that public key; `blob` is its wire form. The proof of possession is the caller's business. */
  byKey(user: string, blob: Uint8Array): Login | undefined {
    const account = this.#accounts.find(user)
    const wanted = Buffer.from(blob).toString('base64')
    return account?.keys.some(key => key.split(' ')[1] === wanted) ? loginOf(account) : undefined
  }
}

function loginOf({ name, loginClass }: Account): Login {
  return { user: name, loginClass }
}
