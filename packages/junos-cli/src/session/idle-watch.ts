import type { Cancel, Clock } from '@hangar/runtime'

const minute = 60_000

/** Ends a session in which nobody types, with a warning a minute before; a single minute has none. */
export class IdleWatch {
  readonly #clock: Clock
  readonly #minutes: () => number
  readonly #tell: { readonly warn: (text: string) => void; readonly expire: (text: string) => void }
  #cancel: Cancel | undefined

  constructor(
    clock: Clock,
    minutes: () => number,
    tell: { warn: (text: string) => void; expire: (text: string) => void },
  ) {
    this.#clock = clock
    this.#minutes = minutes
    this.#tell = tell
  }

  /** Somebody typed, or the time changed. */
  touch(): void {
    this.stop()
    const minutes = this.#minutes()
    if (minutes === 0) return
    if (minutes === 1) {
      this.#lastMinute()
      return
    }
    this.#cancel = this.#clock.after((minutes - 1) * minute, () => {
      this.#tell.warn('Warning: session will be closed in 1 minute if there is no activity')
      this.#lastMinute()
    })
  }

  #lastMinute(): void {
    this.#cancel = this.#clock.after(minute, () => this.#tell.expire('Idle timeout exceeded: closing session'))
  }

  stop(): void {
    this.#cancel?.()
    this.#cancel = undefined
  }
}
