import type { Terminal, TerminalSize } from '../terminal.ts'

/** A terminal in memory: a test types, and reads what came. */
export class MemoryTerminal implements Terminal {
  readonly isTty: boolean
  output = ''
  /** Pieces of input that were read. */
  taken = 0
  #size: TerminalSize
  readonly #watchers = new Set<() => void>()
  readonly #pieces: Uint8Array[] = []
  #ended = false
  #wake: () => void = () => {}

  constructor(isTty = true, size: TerminalSize = { columns: 80, rows: 24 }) {
    this.isTty = isTty
    this.#size = size
  }

  get input(): AsyncIterable<Uint8Array> {
    return this.#read()
  }

  type(text: string | Uint8Array): void {
    this.#pieces.push(typeof text === 'string' ? new TextEncoder().encode(text) : text)
    this.#wake()
  }

  hangUp(): void {
    this.#ended = true
    this.#wake()
  }

  write(text: string): void {
    this.output += text
  }

  size(): TerminalSize {
    return this.#size
  }

  resize(size: TerminalSize): void {
    this.#size = size
    for (const callback of this.#watchers) callback()
  }

  onResize(callback: () => void): () => void {
    this.#watchers.add(callback)
    return () => this.#watchers.delete(callback)
  }

  async *#read(): AsyncIterable<Uint8Array> {
    for (;;) {
      const piece = this.#pieces.shift()
      if (piece) {
        this.taken++
        yield piece
      } else if (this.#ended) return
      else {
        await new Promise<void>(resolve => {
          this.#wake = resolve
        })
      }
    }
  }
}
