import type { TerminalOutput } from '../output/terminal-output.ts'
import type { KeyInput } from './key-input.ts'
import type { Key } from './keys.ts'
import { LineBuffer } from './line-buffer.ts'
import { LineView } from './line-view.ts'

/** What a key of completion does: words to type on, or something to say before the line is shown again. */
export interface Assistance {
  readonly insert?: string
  readonly say?: string
}

export interface ReadOptions {
  readonly prompt: string
  /** What is shown before the line after help, on rows of its own (the `[edit]` banner); ends in "\n". */
  readonly banner?: string
  /** Earlier lines, the latest last. */
  readonly history?: readonly string[]
  /** Nothing is echoed. */
  readonly secret?: boolean
  /** Asked at space, tab and `?` with what stands before the cursor. */
  assist?(key: 'space' | 'tab' | '?', head: string): Promise<Assistance | undefined>
}

export type ReadResult =
  | { readonly kind: 'line'; readonly line: string }
  /** ^C */
  | { readonly kind: 'interrupt' }
  /** ^D on an empty line. */
  | { readonly kind: 'end' }
  | { readonly kind: 'hangup' }

const edits: Readonly<Record<string, (line: LineBuffer) => void>> = {
  '^A': line => line.home(),
  home: line => line.home(),
  '^E': line => line.end(),
  end: line => line.end(),
  '^B': line => line.left(),
  left: line => line.left(),
  '^F': line => line.right(),
  right: line => line.right(),
  '^D': line => line.delete(),
  delete: line => line.delete(),
  backspace: line => line.backspace(),
  '^K': line => line.killToEnd(),
  '^U': line => line.killAll(),
  '^X': line => line.killAll(),
  '^W': line => line.killWordLeft(),
  'M-backspace': line => line.killWordLeft(),
  'M-d': line => line.killWordRight(),
  '^Y': line => line.yank(),
  '^T': line => line.transpose(),
  'M-b': line => line.wordLeft(),
  'M-f': line => line.wordRight(),
}

/** Reads lines from a person at a terminal: emacs keys, history, completion. */
export class LineEditor {
  readonly #input: KeyInput
  readonly #output: TerminalOutput
  readonly #view: LineView
  #reading: { line: LineBuffer; options: ReadOptions } | undefined

  constructor(input: KeyInput, output: TerminalOutput, columns: () => number) {
    this.#input = input
    this.#output = output
    this.#view = new LineView(text => output.put(text), columns)
  }

  async read(options: ReadOptions): Promise<ReadResult> {
    const line = new LineBuffer()
    const history = new Recall(options.history ?? [])
    this.#reading = { line, options }
    this.#view.begin(options.prompt)
    try {
      for (;;) {
        if (!this.#input.pending || this.#output.full) {
          this.#draw()
          await this.#output.flush()
        }
        const text = this.#input.takeText(' ?')
        if (text !== '') {
          this.#insert(line, text)
          continue
        }
        const key = await this.#input.next()
        const result = key ? await this.#press(key, line, history, options) : ({ kind: 'hangup' } as const)
        if (result) return result
      }
    } finally {
      this.#reading = undefined
    }
  }

  /** Says something between: above the line being typed, which is shown again after it. */
  say(text: string): void {
    if (this.#reading) this.#interject(`\n${text}`)
    else this.#output.put(text)
  }

  /** The screen has another size now. */
  async resized(): Promise<void> {
    if (!this.#reading) return
    this.#draw()
    await this.#output.flush()
  }

  async #press(key: Key, line: LineBuffer, history: Recall, options: ReadOptions): Promise<ReadResult | undefined> {
    if ('char' in key) {
      await this.#type(key.char, line, options)
      return undefined
    }
    switch (key.name) {
      case 'enter':
        line.end()
        this.#draw()
        this.#output.put('\n')
        return { kind: 'line', line: line.text }
      case '^C':
        this.#draw()
        this.#output.put('^C\n')
        return { kind: 'interrupt' }
      case '^D':
        if (line.chars.length === 0) {
          this.#output.put('\n')
          return { kind: 'end' }
        }
        break
      case 'tab':
        await this.#assist('tab', line, options)
        return undefined
      case '^L':
        this.#output.put('\u001B[H\u001B[2J')
        this.#again()
        return undefined
      case '^R':
        this.#output.put('\n')
        this.#again()
        return undefined
      case '^P':
      case 'up':
        history.move(-1, line)
        return undefined
      case '^N':
      case 'down':
        history.move(1, line)
        return undefined
    }
    edits[key.name]?.(line)
    return undefined
  }

  async #type(char: string, line: LineBuffer, options: ReadOptions): Promise<void> {
    const next = line.chars[line.cursor]
    if (char === '?' && (await this.#assist('?', line, options))) return
    if (char === ' ' && (next === undefined || next === ' ') && (await this.#assist('space', line, options))) return
    this.#insert(line, char)
  }

  /** A line that is full rings. */
  #insert(line: LineBuffer, text: string): void {
    if (!line.insert(text)) this.#output.put('\u0007')
  }

  /** True when the key is dealt with. */
  async #assist(key: 'space' | 'tab' | '?', line: LineBuffer, options: ReadOptions): Promise<boolean> {
    const help = await options.assist?.(key, line.head)
    if (!help) return false
    if (help.insert !== undefined) line.insert(help.insert)
    if (help.say !== undefined) {
      this.#draw()
      this.#interject(`${key === '?' ? '?' : ''}\n${help.say}`)
    }
    return true
  }

  #interject(text: string): void {
    this.#output.put(text)
    this.#again()
  }

  #again(): void {
    const { options } = this.#reading!
    this.#output.put(options.banner ?? '')
    this.#view.begin(options.prompt)
    this.#draw()
  }

  #draw(): void {
    const { line, options } = this.#reading!
    if (!options.secret) this.#view.draw(line)
  }
}

/** The way through earlier lines; the one being typed is kept below them. */
class Recall {
  readonly #lines: readonly string[]
  #at: number
  #typed = ''

  constructor(lines: readonly string[]) {
    this.#lines = lines
    this.#at = lines.length
  }

  move(by: -1 | 1, line: LineBuffer): void {
    const at = this.#at + by
    if (at < 0 || at > this.#lines.length) return
    if (this.#at === this.#lines.length) this.#typed = line.text
    this.#at = at
    line.set(this.#lines[at] ?? this.#typed)
  }
}
