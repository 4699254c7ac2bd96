import type { Cancel, Clock } from '@hangar/runtime'

const minute = 60_000

/** A commit that waits to be confirmed. */
interface Waiting {
  readonly goBackTo: number
  readonly deadline: number
  readonly cancel: Cancel
}

/** The clock of `commit confirmed`: at most one commit waits, and when its time is up `onExpiry` is told where to go back to. */
export class Confirmation {
  readonly #clock: Clock
  readonly #onExpiry: (revision: number) => void
  #waiting: Waiting | undefined

  constructor(clock: Clock, onExpiry: (revision: number) => void) {
    this.#clock = clock
    this.#onExpiry = onExpiry
  }

  /** The revision that an unconfirmed commit goes back to; undefined when none waits. */
  get goBackTo(): number | undefined {
    return this.#waiting?.goBackTo
  }

  /** Whole minutes, rounded up; undefined when none waits. */
  minutesLeft(): number | undefined {
    const waiting = this.#waiting
    return waiting && Math.max(1, Math.ceil((waiting.deadline - this.#clock.monotonic()) / minute))
  }

  /** Another such commit while one waits starts the time again and goes back as far as the first would. */
  wait(minutes: number, goBackTo: number): void {
    const target = this.#waiting?.goBackTo ?? goBackTo
    this.clear()
    const cancel = this.#clock.after(minutes * minute, () => {
      this.#waiting = undefined
      this.#onExpiry(target)
    })
    this.#waiting = { goBackTo: target, deadline: this.#clock.monotonic() + minutes * minute, cancel }
  }

  /** Confirmed, or no longer of interest. */
  clear(): void {
    this.#waiting?.cancel()
    this.#waiting = undefined
  }
}
