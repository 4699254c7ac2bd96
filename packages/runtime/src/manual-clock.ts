import type { Cancel, Clock } from './clock.ts'

interface Timer {
  at: number
  order: number
  period: number | undefined
  callback: () => void
}

/** A clock that stands still until it is wound forward. Timers run in the order of their times, then of their making. */
export class ManualClock implements Clock {
  #now: number
  #elapsed = 0
  #order = 0
  readonly #timers = new Set<Timer>()

  constructor(now = Date.UTC(2026, 0, 1)) {
    this.#now = now
  }

  now(): number {
    return this.#now + this.#elapsed
  }

  monotonic(): number {
    return this.#elapsed
  }

  after(delay: number, callback: () => void): Cancel {
    return this.#add(delay, undefined, callback)
  }

  every(period: number, callback: () => void): Cancel {
    return this.#add(period, period, callback)
  }

  /** Winds forward by `ms`, running each timer at its own time. Before each timer, promises that are ready get their turn. */
  async advance(ms: number): Promise<void> {
    const end = this.#elapsed + ms
    await new Promise(setImmediate)
    for (let timer = this.#next(end); timer; timer = this.#next(end)) {
      this.#elapsed = Math.max(this.#elapsed, timer.at)
      if (timer.period === undefined) this.#timers.delete(timer)
      else timer.at += Math.max(timer.period, 1)
      timer.callback()
      await new Promise(setImmediate)
    }
    this.#elapsed = end
    await new Promise(setImmediate)
  }

  /** How many timers wait. */
  get pending(): number {
    return this.#timers.size
  }

  #next(end: number): Timer | undefined {
    let next: Timer | undefined
    for (const timer of this.#timers) {
      if (timer.at > end) continue
      if (!next || timer.at < next.at || (timer.at === next.at && timer.order < next.order)) next = timer
    }
    return next
  }

  #add(delay: number, period: number | undefined, callback: () => void): Cancel {
    const timer: Timer = { at: this.#elapsed + Math.max(delay, 0), order: this.#order++, period, callback }
    this.#timers.add(timer)
    return () => this.#timers.delete(timer)
  }
}
