import { type Clock, turn } from '@hangar/runtime'
import type { KeyInput } from '../editor/key-input.ts'
import { LineEditor, type ReadOptions, type ReadResult } from '../editor/line-editor.ts'
import { widthOfText } from '../editor/width.ts'
import type { CliHost } from '../host.ts'
import { Pager } from '../output/pager.ts'
import type { TerminalOutput } from '../output/terminal-output.ts'
import type { Interaction } from '../shell/interaction.ts'
import { Shell } from '../shell/shell.ts'
import type { Terminal } from '../terminal.ts'
import { IdleWatch } from './idle-watch.ts'
import { readText } from './text-input.ts'

/** A person at a terminal: prompt, line, command, until logout. */
export class InteractiveSession implements Interaction {
  readonly #shell: Shell
  readonly #terminal: Terminal
  readonly #input: KeyInput
  readonly #output: TerminalOutput
  readonly #editor: LineEditor
  readonly #idle: IdleWatch
  #running: AbortController | undefined
  #aborted = false

  constructor(host: CliHost, clock: Clock, terminal: Terminal, input: KeyInput, output: TerminalOutput) {
    this.#terminal = terminal
    this.#input = input
    this.#output = output
    const shell = new Shell(host, clock, this)
    this.#shell = shell
    this.#editor = new LineEditor(input, output, () => shell.columns)
    this.#idle = new IdleWatch(clock, () => shell.settings.idleTimeout, {
      warn: text => this.notify(text),
      expire: text => {
        this.notify(text)
        this.#input.end()
        this.abort()
      },
    })
    input.onActivity = () => this.#idle.touch()
  }

  async run(): Promise<number> {
    const shell = this.#shell
    const unwatch = this.#terminal.onResize(() => void this.#editor.resized())
    this.#idle.touch()
    for (let first = true; !shell.finished && !this.#aborted; first = false) {
      const { banner, prompt } = shell
      if (!first) this.#output.put('\n')
      this.#output.put(banner)
      const read = await this.#editor.read({
        prompt,
        banner,
        history: shell.history.entries.map(entry => entry.line),
        assist: (key, head) => shell.assist(key, head),
      })
      if (read.kind === 'hangup') break
      if (read.kind === 'line') await this.#execute(read.line, widthOfText(prompt))
      else if (read.kind === 'end') await this.#execute('exit', widthOfText(prompt))
      this.#idle.touch()
      await turn()
    }
    unwatch()
    this.#idle.stop()
    this.#input.end()
    await shell.leaveConfiguration()
    await this.#output.flush()
    return 0
  }

  notify(text: string): void {
    this.#editor.say(text.endsWith('\n') ? text : `${text}\n`)
    void this.#output.flush()
  }

  abort(): void {
    this.#aborted = true
    this.#running?.abort()
  }

  async ask(question: string): Promise<string | undefined> {
    const read = await this.#read({ prompt: question })
    return read.kind === 'interrupt' ? 'no' : answerOf(read)
  }

  async secret(prompt: string): Promise<string | undefined> {
    return answerOf(await this.#read({ prompt, secret: true }))
  }

  text(): Promise<string | undefined> {
    return readText(() => this.#read({ prompt: '' }))
  }

  size(): { columns: number; rows: number } {
    return this.#terminal.size()
  }

  #read(options: ReadOptions): Promise<ReadResult> {
    return this.#input.uninterrupted(() => this.#editor.read(options))
  }

  async #execute(line: string, indent: number): Promise<void> {
    const shell = this.#shell
    shell.history.add(line.trim())
    const running = new AbortController()
    this.#running = running
    this.#input.onInterrupt = () => {
      this.#output.put('^C')
      running.abort()
    }
    const size = () => ({ columns: shell.columns, rows: shell.rows })
    const pager = new Pager(this.#output, this.#input, size, running.signal)
    const print = async (lines: readonly string[], paging: boolean) => {
      if (paging) return pager.print(lines)
      for (const one of lines) this.#output.put(`${one}\n`)
      if (this.#output.full) await this.#output.flush()
      return !running.signal.aborted
    }
    try {
      await shell.execute(line, print, running.signal, indent)
      if (running.signal.aborted) this.#output.put('\n')
      await this.#output.flush()
    } finally {
      this.#input.onInterrupt = undefined
      this.#running = undefined
    }
  }
}

function answerOf(read: ReadResult): string | undefined {
  return read.kind === 'line' ? read.line : undefined
}
