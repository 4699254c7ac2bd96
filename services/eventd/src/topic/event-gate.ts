import type { DeviceEvent } from '../event/device-event.ts'
import { matches } from './topic-filter.ts'

/** Events held back at most, before it is known what anybody wants. The oldest give way. */
const capacity = 4096

/**
 * Lets through the events that somebody's filter matches. Until the broker has said for the first time what is wanted,
 * events wait here: a subscriber of before this daemon's start misses none.
 */
export class EventGate {
  #waiting: DeviceEvent[] | undefined = []
  readonly #filters: () => Iterable<string>
  readonly #pass: (event: DeviceEvent) => void

  constructor(filters: () => Iterable<string>, pass: (event: DeviceEvent) => void) {
    this.#filters = filters
    this.#pass = pass
  }

  offer(event: DeviceEvent): void {
    if (!this.#waiting) this.#judge(event)
    else {
      this.#waiting.push(event)
      if (this.#waiting.length > capacity) this.#waiting.shift()
    }
  }

  /** From now on the filters are known. */
  open(): void {
    const waiting = this.#waiting ?? []
    this.#waiting = undefined
    for (const event of waiting) this.#judge(event)
  }

  #judge(event: DeviceEvent): void {
    for (const filter of this.#filters()) {
      if (matches(filter, event.topic)) {
        this.#pass(event)
        return
      }
    }
  }
}
