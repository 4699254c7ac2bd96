import { type Mark, Mark_Kind } from '@hangar/protocol/hangar/bus/v1/state_pb'
import { messageOf } from '@hangar/runtime'
import type { Bus } from '../bus.ts'
import type { BusOptions } from '../options.ts'
import { Backoff } from './backoff.ts'

export interface WatchStateOptions<M, T> extends BusOptions {
  bus: Bus
  /** The owner's daemon. When it comes up the watch begins anew at once, without waiting for the next try. */
  daemon: string
  /** Opens the stream: `signal => client.watchInterfaces({}, { signal })`. */
  open(signal: AbortSignal): AsyncIterable<M>
  /** What a message of the stream says. The value is read when the mark is a put. */
  read(message: M): { mark: Mark | undefined; key: string; value: T | undefined }
  /** After each new snapshot every entry is put again: `previous` says what was held. */
  onPut?(key: string, value: T, previous: T | undefined): void
  onDelete?(key: string, previous: T): void
  /** The snapshot is complete, and what it did not name has been deleted. Called again after each time that the owner was away. */
  onSynced?(): void
  /** ms before the second try, and at most between two. */
  retry?: { first: number; longest: number }
}

/** A copy of a state that another daemon owns. It holds the last that was known while the owner is away. */
export interface StateReplica<T> extends AsyncDisposable {
  readonly values: ReadonlyMap<string, T>
  /** True while the stream is there and its snapshot complete. */
  readonly synced: boolean
  /** Resolves when the first snapshot is complete. */
  readonly ready: Promise<void>
}

/** Watches until it is disposed of, through restarts of the owner and failures of the bus. */
export function watchState<M, T>(options: WatchStateOptions<M, T>): StateReplica<T> {
  return new Replica(options)
}

class Replica<M, T> implements StateReplica<T> {
  readonly values = new Map<string, T>()
  readonly ready: Promise<void>
  readonly #options: WatchStateOptions<M, T>
  readonly #backoff: Backoff
  readonly #members: Promise<AsyncDisposable | undefined>
  #resolveReady = () => {}
  #stream: AbortController | undefined
  // What the snapshot that is under way has not named yet.
  #unnamed: Set<string> | undefined
  #incarnation = ''
  #sequence = 0n
  #closed = false

  constructor(options: WatchStateOptions<M, T>) {
    this.#options = options
    this.#backoff = new Backoff({ ...options, ...(options.retry ?? { first: 50, longest: 2000 }) })
    this.ready = new Promise(resolve => {
      this.#resolveReady = resolve
    })
    this.#members = options.bus
      .watchMembers({ up: member => this.#memberUp(member.daemon, member.incarnation), down: () => {} })
      // The bus is closed: the tries below fail too, and are logged.
      .catch(() => undefined)
    void this.#run()
  }

  get synced(): boolean {
    return this.#stream !== undefined && this.#unnamed === undefined
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true
    this.#backoff.stop()
    this.#abort('closed')
    await (await this.#members)?.[Symbol.asyncDispose]()
  }

  #memberUp(daemon: string, incarnation: string): void {
    if (daemon !== this.#options.daemon || this.#closed) return
    if (this.#stream) {
      if (this.#incarnation === '' || this.#incarnation === incarnation) return
      this.#abort('the owner started again')
    }
    this.#backoff.reset()
    this.#backoff.stop()
    void this.#run()
  }

  #abort(why: string): void {
    const stream = this.#stream
    this.#stream = undefined
    stream?.abort(new Error(why))
  }

  async #run(): Promise<void> {
    if (this.#closed || this.#stream) return
    const stream = new AbortController()
    this.#stream = stream
    this.#unnamed = new Set(this.values.keys())
    this.#incarnation = ''
    this.#sequence = 0n
    let why = 'the stream ended'
    try {
      for await (const message of this.#options.open(stream.signal)) {
        if (this.#stream !== stream) return
        this.#take(message)
      }
    } catch (error) {
      why = messageOf(error)
    }
    if (this.#stream !== stream || this.#closed) return
    this.#stream = undefined
    stream.abort()
    this.#options.log.debug({ daemon: this.#options.daemon, why }, 'watch ended, trying again')
    this.#backoff.schedule(() => void this.#run())
  }

  #take(message: M): void {
    const { mark, key, value } = this.#options.read(message)
    if (!mark) throw new Error('a message of a watched state has no mark')
    if (this.#incarnation === '') this.#incarnation = mark.incarnation
    if (mark.incarnation !== this.#incarnation) throw new Error('the owner started again')
    if (mark.sequence !== this.#sequence + 1n) throw new Error(`expected ${this.#sequence + 1n}, got ${mark.sequence}`)
    this.#sequence = mark.sequence
    if (mark.kind === Mark_Kind.PUT && value !== undefined) this.#put(key, value)
    else if (mark.kind === Mark_Kind.DELETE) this.#delete(key)
    else if (mark.kind === Mark_Kind.SYNCED) this.#sync()
    else throw new Error(`a message of a watched state has mark ${mark.kind} and no value`)
  }

  #put(key: string, value: T): void {
    const previous = this.values.get(key)
    this.values.set(key, value)
    this.#unnamed?.delete(key)
    this.#call(() => this.#options.onPut?.(key, value, previous))
  }

  #delete(key: string): void {
    const previous = this.values.get(key)
    this.#unnamed?.delete(key)
    if (previous === undefined) return
    this.values.delete(key)
    this.#call(() => this.#options.onDelete?.(key, previous))
  }

  #sync(): void {
    for (const key of this.#unnamed ?? []) this.#delete(key)
    this.#unnamed = undefined
    this.#backoff.reset()
    this.#call(() => this.#options.onSynced?.())
    this.#resolveReady()
  }

  // A listener's defect is not the owner's: the copy goes on.
  #call(listener: () => void): void {
    try {
      listener()
    } catch (error) {
      this.#options.log.error({ daemon: this.#options.daemon, error: messageOf(error) }, 'a listener failed')
    }
  }
}
