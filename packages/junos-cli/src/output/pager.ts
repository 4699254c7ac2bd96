import type { KeyInput } from '../editor/key-input.ts'
import { widthOfText } from '../editor/width.ts'
import type { TerminalSize } from '../terminal.ts'
import type { TerminalOutput } from './terminal-output.ts'

const prompt = '---(more)---'
/** Wipes the prompt the way routers do, which clients know to strip. */
const wipe = `\r${' '.repeat(40)}\r`
const help = [
  '  space, f   next screen        Enter, j   next line',
  '  d          half a screen      G          to the end without stopping',
  '  q, ^C      stop               h          this help',
]

/** Stops after each screenful. Without a size, or with no rows, it never does. */
export class Pager {
  readonly #output: TerminalOutput
  readonly #input: KeyInput
  readonly #size: () => TerminalSize
  readonly #signal: AbortSignal
  /** Rows left on this screen. */
  #left: number

  constructor(output: TerminalOutput, input: KeyInput, size: () => TerminalSize, signal: AbortSignal) {
    this.#output = output
    this.#input = input
    this.#size = size
    this.#signal = signal
    this.#left = this.#page()
  }

  /** False when the reader has had enough. */
  async print(lines: readonly string[]): Promise<boolean> {
    for (const line of lines) {
      const { columns } = this.#size()
      const rows = columns > 0 ? Math.max(Math.ceil(widthOfText(line) / columns), 1) : 1
      if (this.#left < rows && this.#left < this.#page() && !(await this.#input.uninterrupted(() => this.#ask())))
        return false
      this.#left -= rows
      this.#output.put(`${line}\n`)
      if (this.#output.full) await this.#output.flush()
    }
    return !this.#signal.aborted
  }

  #page(): number {
    const { rows } = this.#size()
    return rows > 0 ? Math.max(rows - 1, 1) : Infinity
  }

  async #ask(): Promise<boolean> {
    for (;;) {
      this.#output.put(prompt)
      await this.#output.flush()
      const key = await this.#input.next()
      this.#output.put(wipe)
      if (!key || this.#signal.aborted) return false
      switch ('char' in key ? key.char : key.name) {
        case ' ':
        case 'f':
        case '^F':
        case '^V':
          this.#left = this.#page()
          return true
        case 'enter':
        case 'j':
        case 'down':
        case '^N':
          this.#left = 1
          return true
        case 'd':
        case '^D':
          this.#left = Math.ceil(this.#page() / 2)
          return true
        case 'G':
          this.#left = Infinity
          return true
        case 'h':
          this.#output.put(`${help.join('\n')}\n`)
          break
        case 'q':
        case 'Q':
        case '^C':
          return false
      }
    }
  }
}
