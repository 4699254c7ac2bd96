import type { DeviceEvent } from '../event/device-event.ts'
import { matches } from './topic-filter.ts'

/** Events held back at most, while it is not known what anybody wants. The oldest give way. */
const capacity = 4096

/**
 * Lets through the events that somebody's filter matches. While the broker has not said what is wanted, or has been lost and
 * may have heard of new filters since, events wait here: who subscribed before an event gets it.
 */
export class EventGate {
  #waiting: DeviceEvent[] = []
  readonly #known: () => boolean
  readonly #filters: () => Iterable<string>
  readonly #pass: (event: DeviceEvent) => void

  /** `known`: whether `filters` is what the broker has now. */
  constructor(known: () => boolean, filters: () => Iterable<string>, pass: (event: DeviceEvent) => void) {
    this.#known = known
    this.#filters = filters
    this.#pass = pass
  }

  offer(event: DeviceEvent): void {
    if (this.#known()) this.#judge(event)
    else {
      this.#waiting.push(event)
      if (this.#waiting.length > capacity) this.#waiting.shift()
    }
  }

  /** The filters are known, or known again. */
  open(): void {
    const waiting = this.#waiting
    this.#waiting = []
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
