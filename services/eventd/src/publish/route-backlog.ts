import type { RouteEvents } from '@hangar/protocol/hangar/kernel/v1/kernel_pb'
import type { DeviceEvent } from '../event/device-event.ts'
import { RouteBatch } from '../event/route-batch.ts'
import { type RouteFilters, type RouteInterest, wants } from '../topic/route-filters.ts'

export interface RouteBacklogOptions {
  /** What anybody wants. */
  filters: RouteFilters
  /** Whether `filters` is what the broker has now. */
  known(): boolean
  /** Whether more may be published. */
  keepsUp(): boolean
  hostname(): string
  publish(topic: string, payload: string): void
  /** Takes an event that is not of a route, in its turn. */
  offer(event: DeviceEvent): void
  /** Hears of routes that did not fit. */
  onDropped(count: number): void
}

/** Bytes of batches that wait. The oldest give way. */
const capacity = 32 * 1024 * 1024
/** Work of one turn, about two milliseconds: a route that is published counts 16, one that nobody wants 1. */
const slice = 2048
const publishing = 16
/** What an event that is not of a route is reckoned with, bytes. */
const eventSize = 1024

interface Waiting {
  readonly item: RouteBatch | DeviceEvent
  readonly bytes: number
  /** The next route. */
  next: number
}

/**
 * Batches of routes on their way to single events. They go out as fast as the broker takes them, in order and a few milliseconds at a
 * time, so that what else happens overtakes them; until then they wait as columns.
 */
export class RouteBacklog {
  readonly #options: RouteBacklogOptions
  readonly #waiting = new Set<Waiting>()
  #bytes = 0
  #scheduled = false
  #closed = false

  constructor(options: RouteBacklogOptions) {
    this.#options = options
  }

  /** Takes routes; when it is known that nobody wants any, that is all. `timeMs`: Unix time. */
  push(events: RouteEvents, timeMs: number): void {
    const { filters, known } = this.#options
    if (known() && filters.none) return
    const batch = new RouteBatch(events, timeMs)
    this.#add({ item: batch, bytes: batch.bytes, next: 0 })
  }

  /** Takes an event that has to keep its place among the routes. */
  pushEvent(event: DeviceEvent): void {
    if (this.#waiting.size === 0 && this.#options.known()) this.#options.offer(event)
    else this.#add({ item: event, bytes: eventSize, next: 0 })
  }

  /** What it waited for has come: room, or the filters. */
  wake(): void {
    if (this.#scheduled || this.#closed || this.#waiting.size === 0 || !this.#ready()) return
    this.#scheduled = true
    setImmediate(() => {
      this.#scheduled = false
      this.#work()
    })
  }

  close(): void {
    this.#closed = true
    this.#waiting.clear()
  }

  #add(one: Waiting): void {
    if (this.#closed) return
    this.#waiting.add(one)
    this.#bytes += one.bytes
    for (const oldest of this.#waiting) {
      if (this.#bytes <= capacity) break
      this.#remove(oldest)
      this.#options.onDropped(oldest.item instanceof RouteBatch ? oldest.item.count - oldest.next : 1)
    }
    if (this.#waiting.size === 1 && !this.#scheduled) this.#work()
  }

  #remove(one: Waiting): void {
    this.#waiting.delete(one)
    this.#bytes -= one.bytes
  }

  #ready(): boolean {
    return this.#options.known() && this.#options.keepsUp()
  }

  #work(): void {
    let left = slice
    for (const one of this.#waiting) {
      if (left <= 0 || !this.#ready()) break
      if (one.item instanceof RouteBatch) {
        left = this.#publish(one, one.item, left)
        if (one.next < one.item.count) break
      } else {
        this.#options.offer(one.item)
        left -= publishing
      }
      this.#remove(one)
    }
    this.wake()
  }

  /** Publishes routes of a batch while there is work left in the turn, and gives what is left. */
  #publish(one: Waiting, batch: RouteBatch, work: number): number {
    const { filters, publish, hostname, keepsUp } = this.#options
    const interests = new Map<string, RouteInterest>()
    let left = work
    while (one.next < batch.count && left > 0 && keepsUp()) {
      const index = one.next++
      left--
      const operation = batch.operation(index)
      if (!operation) continue
      let interest = interests.get(operation)
      if (!interest) {
        interest = filters.interest(operation, batch.family)
        interests.set(operation, interest)
      }
      if (!interest.everything && interest.some.size === 0) continue
      const address = batch.address(index)
      if (!wants(interest, address, batch.length(index))) continue
      publish(batch.topic(index, address), batch.render(index, address, hostname()))
      left -= publishing
    }
    return left
  }
}
