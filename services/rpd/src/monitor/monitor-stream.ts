import { turn } from '@hangar/runtime'
import { Turns } from '../read/turns.ts'
import type { TableMonitor } from './table-monitor.ts'

/** What is handed over costs as much as so many bytes of it. */
const BYTES = 64

/**
 * The stream of a monitor, which one call reads at a time: a later call takes it over, and the one before falls silent until the registration
 * or its own call ends.
 */
export class MonitorStream {
  readonly monitor: TableMonitor
  /** Whose calls read it. */
  readonly session: string
  /** Called when the call that reads ends before the registration does. */
  readonly #left: () => void
  #reader: object | undefined
  /** The stream ends when what is left has been told, or at once. */
  #ending: 'drained' | 'now' | undefined
  readonly #waiting = new Set<() => void>()

  constructor(monitor: TableMonitor, session: string, left: () => void) {
    this.monitor = monitor
    this.session = session
    this.#left = left
  }

  /** There may be something to tell. */
  wake(): void {
    for (const wake of this.#waiting) wake()
    this.#waiting.clear()
  }

  end(when: 'drained' | 'now'): void {
    this.#ending = when
    this.wake()
  }

  /** The messages, for a call that takes the stream over. */
  async *read(signal: AbortSignal): AsyncGenerator<Uint8Array> {
    const { monitor } = this
    const reader = {}
    const turns = new Turns()
    const wake = () => this.wake()
    this.#reader = reader
    this.wake()
    signal.addEventListener('abort', wake)
    try {
      while (!signal.aborted && this.#ending !== 'now') {
        const next = this.#reader === reader ? monitor.next() : undefined
        if (next === 'later') await turn()
        else if (next) {
          yield next
          await turns.spend(Turns.message + next.length / BYTES)
        } else if (this.#ending && monitor.idle) return
        else await new Promise<void>(resolve => this.#waiting.add(resolve))
      }
    } finally {
      signal.removeEventListener('abort', wake)
      if (this.#reader === reader) {
        this.#reader = undefined
        this.#ending ??= 'now'
        this.#left()
      }
      this.wake()
    }
  }
}
