import type { Terminal } from '../terminal.ts'

/** Writes to a terminal: newlines as it wants them, small pieces together, and quietly once it is gone. */
export class TerminalOutput {
  readonly #terminal: Terminal
  #pieces: string[] = []
  #size = 0
  #gone = false

  constructor(terminal: Terminal) {
    this.#terminal = terminal
  }

  /** Keeps it until {@link flush}. */
  put(text: string): void {
    if (text === '' || this.#gone) return
    this.#pieces.push(text)
    this.#size += text.length
  }

  /** So much waits that it should be flushed now. */
  get full(): boolean {
    return this.#size > 16_384
  }

  /** Resolves when the terminal takes more. */
  async flush(): Promise<void> {
    if (this.#pieces.length === 0) return
    const text = this.#pieces.join('')
    this.#pieces = []
    this.#size = 0
    try {
      await this.#terminal.write(this.#terminal.isTty ? text.replace(/\r?\n/g, '\r\n') : text)
    } catch {
      // Nobody reads any more; the end of the input ends the session.
      this.#gone = true
    }
  }
}
