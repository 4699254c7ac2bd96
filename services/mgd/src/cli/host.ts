import type {
  Candidate,
  CandidateMode,
  CliHost,
  ConfigurationSession,
  ConfigurationView,
  EphemeralViews,
  RemoteCommand,
} from '@hangar/junos-cli'
import type { EditorIdentity } from '../database/editors.ts'
import type { Accounts } from '../users/accounts.ts'
import type { Login } from '../users/authenticator.ts'
import type { RemoteCommands } from './remote-commands.ts'

/** What all CLIs of the device have in common. */
export interface CliServices {
  readonly release: string
  readonly remoteCommands: RemoteCommands
  committed(maySeeSecrets: () => boolean): ConfigurationView
  ephemeral(maySeeSecrets: () => boolean): EphemeralViews
  hostName(): string
  /** What people read after they logged in. */
  announcement(): string | undefined
  accounts(): Accounts
  openCandidate(mode: CandidateMode, by: EditorIdentity, maySeeSecrets: () => boolean): ConfigurationSession
  lineRead(user: string, line: string): void
}

/** The device as one user's CLI sees it. */
export class UserCliHost implements CliHost {
  readonly user: string
  readonly loginClass: string
  readonly idleTimeout: number
  readonly release: string
  readonly committed: ConfigurationView
  readonly ephemeral: EphemeralViews
  readonly #services: CliServices
  readonly #terminal: { tty: string; pid: number; lastActive: number }
  readonly #now: () => number
  #commands: { version: number; list: readonly RemoteCommand[] } | undefined

  constructor(
    services: CliServices,
    login: Login,
    terminal: { tty: string; pid: number; lastActive: number },
    now: () => number,
  ) {
    this.user = login.user
    this.loginClass = login.loginClass
    this.idleTimeout = services.accounts().classOf(login.loginClass).idleTimeout
    this.release = services.release
    this.committed = services.committed(() => this.may('secret'))
    this.ephemeral = services.ephemeral(() => this.may('secret'))
    this.#services = services
    this.#terminal = terminal
    this.#now = now
  }

  hostName(): string {
    return this.#services.hostName()
  }

  may(permission: string): boolean {
    return this.#services.accounts().classOf(this.loginClass).may(permission)
  }

  commands(): readonly RemoteCommand[] {
    const { remoteCommands } = this.#services
    if (this.#commands?.version !== remoteCommands.version)
      this.#commands = { version: remoteCommands.version, list: remoteCommands.for(this) }
    return this.#commands.list
  }

  complete(completion: string, prefix: string): Promise<readonly Candidate[]> {
    return this.#services.remoteCommands.complete(completion, prefix)
  }

  async openCandidate(mode: CandidateMode): Promise<ConfigurationSession> {
    const { tty, pid } = this.#terminal
    return this.#services.openCandidate(mode, { user: this.user, terminal: tty, pid }, () => this.may('secret'))
  }

  lineRead(line: string): void {
    this.#terminal.lastActive = this.#now()
    this.#services.lineRead(this.user, line)
  }
}
