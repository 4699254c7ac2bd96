import { type Clock, LONGEST } from './clock.ts'
import { messageOf } from './errors.ts'
import type { Logger } from './logger.ts'

type Stop = () => void | Promise<void>

/**
 * What was started, stopped in the opposite order. One stop that hangs or fails does not keep the others from stopping.
 */
export class Lifecycle {
  readonly #stops: { name: string; stop: Stop }[] = []
  readonly #clock: Clock
  readonly #log: Logger
  readonly #patience: number
  #stopped: Promise<void> | undefined

  /** `patience`: ms that each stop may take before the next one goes ahead. */
  constructor(options: { clock: Clock; log: Logger; patience?: number }) {
    this.#clock = options.clock
    this.#log = options.log
    this.#patience = options.patience ?? 500
  }

  /** Remembers how to stop something that has just been started. */
  onStop(name: string, stop: Stop): void {
    this.#stops.push({ name, stop })
  }

  /** Stops everything, last started first. Called again, it gives the same promise. */
  stop(): Promise<void> {
    this.#stopped ??= this.#stopAll()
    return this.#stopped
  }

  async #stopAll(): Promise<void> {
    for (let entry = this.#stops.pop(); entry; entry = this.#stops.pop()) {
      const { name, stop } = entry
      let cancel = () => {}
      const patience = new Promise<'late'>(resolve => {
        cancel = this.#clock.after(this.#patience, () => resolve('late'))
      })
      try {
        if ((await Promise.race([stop(), patience])) === 'late') this.#log.warn({ name }, 'did not stop in time')
      } catch (error) {
        this.#log.error({ name, error: messageOf(error) }, 'failed to stop')
      } finally {
        cancel()
      }
    }
  }
}

/**
 * Resolves with the first SIGINT or SIGTERM. A second one ends the process at once, as a person who presses ^C again expects. The process
 * lives until then: what a daemon waits for when it starts, a server that is not there yet, would not keep it alive.
 */
export function terminationSignal(process: NodeJS.Process): Promise<NodeJS.Signals> {
  return new Promise(resolve => {
    const alive = setInterval(() => {}, LONGEST)
    let asked = false
    const onSignal = (signal: NodeJS.Signals) => {
      if (asked) process.exit(130)
      asked = true
      clearInterval(alive)
      resolve(signal)
    }
    process.on('SIGINT', onSignal)
    process.on('SIGTERM', onSignal)
  })
}
