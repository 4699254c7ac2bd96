import { type Clock, messageOf } from '@hangar/runtime'
import { KeyInput } from './editor/key-input.ts'
import type { CliHost } from './host.ts'
import { splitCommands } from './line/words.ts'
import { TerminalOutput } from './output/terminal-output.ts'
import { InteractiveSession } from './session/interactive.ts'
import { ScriptSession } from './session/script.ts'
import type { Terminal } from './terminal.ts'

export interface CliSessionOptions {
  readonly host: CliHost
  readonly terminal: Terminal
  readonly clock: Clock
}

/** One user at one terminal. Either `run` or `exec` is called, once. */
export class CliSession {
  readonly #options: CliSessionOptions
  readonly #input: KeyInput
  readonly #output: TerminalOutput
  #current: InteractiveSession | ScriptSession | undefined

  constructor(options: CliSessionOptions) {
    this.#options = options
    this.#input = new KeyInput(options.terminal.input)
    this.#output = new TerminalOutput(options.terminal)
  }

  /** Reads the terminal until logout or hang-up. Resolves with the exit status: without a TTY 1 when a command failed, else 0. Never rejects. */
  run(): Promise<number> {
    const { host, clock, terminal } = this.#options
    if (!terminal.isTty) return this.#script(undefined)
    const session = new InteractiveSession(host, clock, terminal, this.#input, this.#output)
    return this.#start(session)
  }

  /** `ssh host 'show version; show system uptime'`: commands parted by newline or `;`, from both modes. The status is 1 when one failed. */
  exec(script: string): Promise<number> {
    return this.#script(splitCommands(script))
  }

  /** ^C from elsewhere than the input (an SSH signal). */
  interrupt(): void {
    this.#input.interrupt()
  }

  /** A message to this user that comes between lines (broadcasts; "Commit was not confirmed; automatic rollback complete."). */
  notify(text: string): void {
    this.#current?.notify(text)
  }

  /** Ends it from outside: the running command is aborted, the candidate closed. */
  end(): void {
    this.#input.end()
    this.#current?.abort()
  }

  #script(commands: readonly string[] | undefined): Promise<number> {
    const { host, clock, terminal } = this.#options
    const session = new ScriptSession(host, clock, terminal, this.#input, this.#output, commands)
    return this.#start(session)
  }

  async #start(session: InteractiveSession | ScriptSession): Promise<number> {
    this.#current = session
    try {
      return await session.run()
    } catch (thrown) {
      // A command's failure never comes here: it is the host that broke. The user sees why the session ends.
      this.#output.put(`error: ${messageOf(thrown)}\n`)
      await this.#output.flush()
      this.#input.end()
      return 1
    }
  }
}
