import { type Key, KeyDecoder } from './keys.ts'

/** Keys that may wait before the sender has to. */
const highWater = 16_384

/**
 * A terminal's keys in order. Reads ahead while a command runs, so that ^C is seen; up to a limit, so that a paste of any
 * length waits where it comes from.
 */
export class KeyInput {
  readonly #decoder = new KeyDecoder()
  #queue: Key[] = []
  #head = 0
  #ended = false
  #wake: (() => void) | undefined
  #drained: (() => void) | undefined
  /** Called for ^C instead of queueing it, while a command runs. What was typed ahead is dropped, as a terminal does. */
  onInterrupt: (() => void) | undefined
  /** Called for each piece of input: somebody is there. */
  onActivity: (() => void) | undefined

  constructor(input: AsyncIterable<Uint8Array>) {
    void this.#pump(input)
  }

  /** More keys are there already. */
  get pending(): boolean {
    return this.#head < this.#queue.length
  }

  /** The next key; undefined at the end of the input. */
  async next(): Promise<Key | undefined> {
    while (!this.pending) {
      if (this.#ended) return undefined
      await new Promise<void>(resolve => {
        this.#wake = resolve
      })
    }
    const key = this.#queue[this.#head++]
    this.#release()
    return key
  }

  /** While `work` reads keys, ^C is one of them. */
  async uninterrupted<Result>(work: () => Promise<Result>): Promise<Result> {
    const { onInterrupt } = this
    this.onInterrupt = undefined
    try {
      return await work()
    } finally {
      this.onInterrupt = onInterrupt
    }
  }

  /** ^C from elsewhere. */
  interrupt(): void {
    this.#take({ name: '^C' })
    this.#wake?.()
  }

  /** The characters that wait, up to a key that is none, or one of `until`: they go into a line as they are. */
  takeText(until = ''): string {
    let text = ''
    for (; this.#head < this.#queue.length; this.#head++) {
      const key = this.#queue[this.#head]!
      if (!('char' in key) || until.includes(key.char)) break
      text += key.char
    }
    this.#release()
    return text
  }

  /** No more keys: those that wait are dropped. */
  end(): void {
    this.#ended = true
    this.#clear()
    this.#wake?.()
    this.#drained?.()
  }

  async #pump(input: AsyncIterable<Uint8Array>): Promise<void> {
    try {
      for await (const bytes of input) {
        if (this.#ended) return
        this.onActivity?.()
        const keys = this.#decoder.decode(bytes)
        if (this.onInterrupt || this.pending) for (const key of keys) this.#take(key)
        else {
          this.#queue = keys
          this.#head = 0
        }
        this.#wake?.()
        while (this.#queue.length - this.#head > highWater && !this.#ended) {
          await new Promise<void>(resolve => {
            this.#drained = resolve
          })
        }
      }
    } catch {
      // A connection that breaks is a hang-up, nothing more.
    }
    this.#ended = true
    this.#wake?.()
  }

  #take(key: Key): void {
    if (this.onInterrupt && 'name' in key && key.name === '^C') {
      this.#clear()
      this.onInterrupt()
    } else this.#queue.push(key)
  }

  /** Lets the sender go on once all is taken. */
  #release(): void {
    if (this.pending) return
    this.#clear()
    this.#drained?.()
  }

  #clear(): void {
    this.#queue = []
    this.#head = 0
  }
}
