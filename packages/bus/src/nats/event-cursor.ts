import type { CatchUpResponse } from '@hangar/protocol/hangar/bus/v1/event_pb'

export interface CursorEvents {
  /** The next event in order. */
  deliver(sequence: bigint, event: Uint8Array): void
  /** So many are lost for good. */
  gap(missed: bigint): void
  /** Asks the publisher for what it holds from a number on. Rejects when it cannot be asked now. */
  fetch(from: bigint): Promise<CatchUpResponse>
}

/** Where a subscriber stands with one publisher: hands on events in order, and fetches what it missed. */
export class EventCursor {
  readonly #events: CursorEvents
  /** The next event to deliver. */
  #expected: bigint
  /** The publisher is known to have published everything below this. */
  #known: bigint
  #fetching = false
  #closed = false

  constructor(start: bigint, events: CursorEvents) {
    this.#expected = start
    this.#known = start
    this.#events = events
  }

  /** An event came by itself. */
  heard(sequence: bigint, event: Uint8Array): void {
    if (sequence >= this.#known) this.#known = sequence + 1n
    if (sequence === this.#expected && !this.#fetching) this.#deliver(sequence, event)
    else this.catchUp()
  }

  /** The publisher says what its next event will be. */
  position(next: bigint): void {
    if (next > this.#known) this.#known = next
    this.catchUp()
  }

  /** Fetches what is missing, if anything is. To be tried again while the publisher cannot be asked. */
  catchUp(): void {
    if (this.#expected >= this.#known || this.#fetching || this.#closed) return
    this.#fetching = true
    this.#events.fetch(this.#expected).then(
      answer => {
        this.#fetching = false
        if (!this.#closed && this.#take(answer)) this.catchUp()
      },
      () => {
        this.#fetching = false
      },
    )
  }

  /** The publisher is gone: what was not fetched is lost. */
  close(): void {
    if (this.#closed) return
    this.#closed = true
    if (this.#known > this.#expected) this.#events.gap(this.#known - this.#expected)
  }

  // False when the answer did not help: asking again would not either.
  #take({ events, oldest, next }: CatchUpResponse): boolean {
    const before = this.#expected
    if (next > this.#known) this.#known = next
    if (oldest > this.#expected) {
      this.#events.gap(oldest - this.#expected)
      this.#expected = oldest
    }
    for (const { sequence, event } of events) if (sequence === this.#expected) this.#deliver(sequence, event)
    return this.#expected > before
  }

  #deliver(sequence: bigint, event: Uint8Array): void {
    this.#expected = sequence + 1n
    this.#events.deliver(sequence, event)
  }
}
