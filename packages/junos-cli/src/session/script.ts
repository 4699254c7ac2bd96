import { type Clock, turn } from '@hangar/runtime'
import type { KeyInput } from '../editor/key-input.ts'
import { longestLine } from '../editor/line-buffer.ts'
import type { ReadResult } from '../editor/line-editor.ts'
import type { CliHost } from '../host.ts'
import type { TerminalOutput } from '../output/terminal-output.ts'
import type { Interaction } from '../shell/interaction.ts'
import { Shell } from '../shell/shell.ts'
import type { Terminal } from '../terminal.ts'
import { readText } from './text-input.ts'

/**
 * Commands without a person: an exec request, or lines piped in. Nothing is echoed, prompted for or paged; what commands print is
 * all that comes out. Commands go on after one that failed, as they do when they are typed.
 */
export class ScriptSession implements Interaction {
  readonly #shell: Shell
  readonly #terminal: Terminal
  readonly #input: KeyInput
  readonly #output: TerminalOutput
  /** Undefined: they come from the input. */
  #commands: string[] | undefined
  /** A line that was read as an answer, and is none. */
  #unread: string | undefined
  readonly #running = new AbortController()

  constructor(
    host: CliHost,
    clock: Clock,
    terminal: Terminal,
    input: KeyInput,
    output: TerminalOutput,
    commands: readonly string[] | undefined,
  ) {
    this.#terminal = terminal
    this.#input = input
    this.#output = output
    this.#commands = commands && [...commands]
    this.#shell = new Shell(host, clock, this)
    this.#shell.settings.completeOnSpace = false
  }

  async run(): Promise<number> {
    const shell = this.#shell
    const print = async (lines: readonly string[]) => {
      for (const line of lines) this.#output.put(`${line}\n`)
      if (this.#output.full) await this.#output.flush()
      return !this.#running.signal.aborted
    }
    let status = 0
    // Whoever runs one command has nothing to type; ^C and a hang-up still count.
    this.#input.onInterrupt = this.#commands ? () => this.abort() : undefined
    while (!shell.finished && !this.#running.signal.aborted) {
      const line = await this.#next()
      if (line === undefined) break
      shell.history.add(line)
      if (!(await shell.execute(line, print, this.#running.signal))) status = 1
      await this.#output.flush()
      await turn()
    }
    this.#input.end()
    await shell.leaveConfiguration()
    await this.#output.flush()
    return this.#running.signal.aborted ? 1 : status
  }

  /** Scripts don't want other people's messages among their output. */
  notify(_text: string): void {}

  abort(): void {
    this.#running.abort()
  }

  /** Answers stand in the script where a person would type them; otherwise the default is taken. */
  async ask(question: string): Promise<string | undefined> {
    const line = await this.#next()
    const answers = line !== undefined && /^(y|yes|n|no)$/i.test(line.trim())
    if (!answers) this.#unread = line
    this.#output.put(`${question}${answers ? line.trim() : ''}\n`)
    return answers ? line : undefined
  }

  async secret(prompt: string): Promise<string | undefined> {
    this.#output.put(`${prompt}\n`)
    await this.#output.flush()
    return this.#readLine()
  }

  text(): Promise<string | undefined> {
    return readText(async () => {
      const line = await this.#readLine()
      return line === undefined ? ({ kind: 'end' } satisfies ReadResult) : { kind: 'line', line }
    })
  }

  size(): { columns: number; rows: number } {
    return this.#terminal.isTty ? { columns: this.#terminal.size().columns, rows: 0 } : { columns: 0, rows: 0 }
  }

  async #next(): Promise<string | undefined> {
    const unread = this.#unread
    if (unread !== undefined) {
      this.#unread = undefined
      return unread
    }
    return this.#commands ? this.#commands.shift() : this.#readLine()
  }

  /** A line of the input; undefined at its end, or at ^D. What doesn't fit into a line is cut off. */
  async #readLine(): Promise<string | undefined> {
    let line = ''
    for (;;) {
      line = cut(line + this.#input.takeText())
      const key = await this.#input.next()
      if (!key) return line === '' ? undefined : line
      if ('char' in key) line = cut(line + key.char)
      else if (key.name === 'enter') return line
      else if (key.name === 'tab') line = cut(`${line}\t`)
      else if (key.name === '^D' && line === '') return undefined
    }
  }
}

function cut(line: string): string {
  return line.length <= longestLine ? line : [...line].slice(0, longestLine).join('')
}
