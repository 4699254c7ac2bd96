import { create } from '@bufbuild/protobuf'
import { type Mark, Mark_Kind, MarkSchema } from '@hangar/protocol/hangar/bus/v1/state_pb'

/** One message of a watch: `value` is there when the mark is a put. */
export interface StateChange<T> {
  mark: Mark
  /** Empty when the mark is SYNCED. */
  key: string
  value: T | undefined
}

/**
 * A state that others watch: values by key, with one owner. Whoever watches gets every entry, SYNCED, then the changes.
 * A watcher that reads slowly gets the newest value of a key instead of each one, so that it costs no more than a set of keys.
 * The values belong to the watchers too: put a new one, never change one that was put.
 */
export class StateOwner<T> implements Iterable<[string, T]> {
  readonly incarnation: string
  readonly #values = new Map<string, T>()
  readonly #watches = new Set<StateWatch<T>>()

  /** `incarnation`: of the daemon's end of the bus. */
  constructor(options: { incarnation: string }) {
    this.incarnation = options.incarnation
  }

  get size(): number {
    return this.#values.size
  }

  /** How many watch. */
  get watchers(): number {
    return this.#watches.size
  }

  get(key: string): T | undefined {
    return this.#values.get(key)
  }

  has(key: string): boolean {
    return this.#values.has(key)
  }

  keys(): IterableIterator<string> {
    return this.#values.keys()
  }

  [Symbol.iterator](): IterableIterator<[string, T]> {
    return this.#values[Symbol.iterator]()
  }

  put(key: string, value: T): void {
    this.#values.set(key, value)
    for (const watch of this.#watches) watch.changed(key)
  }

  /** False when there was nothing under the key. */
  delete(key: string): boolean {
    if (!this.#values.delete(key)) return false
    for (const watch of this.#watches) watch.changed(key)
    return true
  }

  /** Begins at once. Ends when the signal is aborted: give it the signal of the call that the watch is for. */
  watch(signal?: AbortSignal): AsyncIterableIterator<StateChange<T>> {
    const watch = new StateWatch(this.incarnation, this.#values, () => this.#watches.delete(watch), signal)
    if (!signal?.aborted) this.#watches.add(watch)
    return watch
  }
}

/** What one watcher has yet to hear: keys alone, their values are looked up when it reads. */
class StateWatch<T> implements AsyncIterableIterator<StateChange<T>> {
  readonly #incarnation: string
  readonly #values: ReadonlyMap<string, T>
  readonly #onEnd: () => void
  readonly #signal: AbortSignal | undefined
  readonly #pending: Set<string>
  // Entries of the snapshot that are still to come; undefined once SYNCED was said.
  #snapshot: number | undefined
  #sequence = 0n
  #ended = false
  #waiting: ((result: IteratorResult<StateChange<T>>) => void)[] = []

  constructor(incarnation: string, values: ReadonlyMap<string, T>, onEnd: () => void, signal: AbortSignal | undefined) {
    this.#incarnation = incarnation
    this.#values = values
    this.#onEnd = onEnd
    this.#signal = signal
    this.#pending = new Set(values.keys())
    this.#snapshot = this.#pending.size
    if (signal?.aborted) this.#ended = true
    else signal?.addEventListener('abort', this.#end, { once: true })
  }

  changed(key: string): void {
    // A key that already waits keeps its place: what depends on another entry never overtakes it.
    this.#pending.add(key)
    const waiting = this.#waiting.shift()
    if (waiting) waiting({ done: false, value: this.#take()! })
  }

  next(): Promise<IteratorResult<StateChange<T>>> {
    if (this.#ended) return Promise.resolve({ done: true, value: undefined })
    const value = this.#take()
    if (value) return Promise.resolve({ done: false, value })
    return new Promise(resolve => this.#waiting.push(resolve))
  }

  return(): Promise<IteratorResult<StateChange<T>>> {
    this.#end()
    return Promise.resolve({ done: true, value: undefined })
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  #take(): StateChange<T> | undefined {
    if (this.#snapshot === 0) {
      this.#snapshot = undefined
      return { mark: this.#mark(Mark_Kind.SYNCED), key: '', value: undefined }
    }
    for (const key of this.#pending) {
      this.#pending.delete(key)
      if (this.#snapshot !== undefined) this.#snapshot -= 1
      const value = this.#values.get(key)
      if (value === undefined) return { mark: this.#mark(Mark_Kind.DELETE), key, value }
      return { mark: this.#mark(Mark_Kind.PUT), key, value }
    }
    return undefined
  }

  #mark(kind: Mark_Kind): Mark {
    this.#sequence += 1n
    return create(MarkSchema, { incarnation: this.#incarnation, sequence: this.#sequence, kind })
  }

  readonly #end = (): void => {
    if (this.#ended) return
    this.#ended = true
    this.#signal?.removeEventListener('abort', this.#end)
    this.#pending.clear()
    this.#onEnd()
    for (const resolve of this.#waiting.splice(0)) resolve({ done: true, value: undefined })
  }
}
