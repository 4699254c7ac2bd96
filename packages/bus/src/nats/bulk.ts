import type { ConnectError } from '@connectrpc/connect'

interface Bulk {
  subject: string
  reply: string | undefined
  pieces: Iterator<Uint8Array>
  wanted: () => boolean
  resolve: () => void
  reject: (error: ConnectError) => void
}

/**
 * The side road for large frames. Each of them gives one piece in turn, and after every `burst` bytes the lane waits until the server has
 * taken them: a small message never finds more than that before it.
 */
export class BulkLane {
  readonly #publish: (subject: string, frame: Uint8Array, reply: string | undefined) => void
  readonly #flush: () => Promise<void>
  readonly #burst: number
  #queue: Bulk[] = []
  #running = false

  constructor(options: {
    publish(subject: string, frame: Uint8Array, reply: string | undefined): void
    flush(): Promise<void>
    burst: number
  }) {
    this.#publish = options.publish
    this.#flush = options.flush
    this.#burst = options.burst
  }

  /** Resolves when all pieces are on their way, or when `wanted` says that nobody waits for them any more. */
  send(subject: string, pieces: Iterator<Uint8Array>, reply: string | undefined, wanted: () => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ subject, reply, pieces, wanted, resolve, reject })
      if (!this.#running) void this.#run()
    })
  }

  /** What waits is given up. */
  fail(error: ConnectError): void {
    for (const bulk of this.#queue.splice(0)) bulk.reject(error)
  }

  async #run(): Promise<void> {
    this.#running = true
    let unflushed = 0
    for (let bulk = this.#queue.shift(); bulk; bulk = this.#queue.shift()) {
      const { done, value } = bulk.wanted() ? bulk.pieces.next() : { done: true, value: undefined }
      if (done || !value) {
        bulk.resolve()
        continue
      }
      this.#publish(bulk.subject, value, bulk.reply)
      this.#queue.push(bulk)
      unflushed += value.length
      if (unflushed < this.#burst) continue
      unflushed = 0
      // A connection that breaks fails what waits here by `fail`.
      await this.#flush().catch(() => {})
    }
    this.#running = false
  }
}
