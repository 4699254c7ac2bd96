import type { ConnectError } from '@connectrpc/connect'
import type { Clock } from '@hangar/runtime'
import { canceledBy, deadlineExceeded } from './errors.ts'

/** ms; timers of Node that are longer run at once. A call of 24 days has other problems. */
const longestTimer = 0x7fffffff

/** A call under way, as the member that it belongs to sees it. */
export interface PendingCall {
  /** The epoch of the peer's connection in which the call began, where that is known. */
  readonly peerEpoch?: number | undefined
  fail(error: ConnectError): void
}

/**
 * What can end a call from outside: its caller's signal, its deadline, the death of one of its ends. `release` lets go of all of them.
 */
export class Lease {
  readonly #owners: Set<PendingCall>[]
  readonly #call: PendingCall
  readonly #signal: AbortSignal | undefined
  #onAbort: (() => void) | undefined
  #cancelTimer: (() => void) | undefined

  constructor(call: PendingCall, owners: Set<PendingCall>[], signal: AbortSignal | undefined) {
    this.#call = call
    this.#owners = owners
    this.#signal = signal
    for (const owner of owners) owner.add(call)
  }

  /** Fails the call when it is over before it has begun. */
  check(timeoutMs: number | undefined): void {
    if (this.#signal?.aborted) this.#call.fail(canceledBy(this.#signal.reason))
    else if (timeoutMs !== undefined && timeoutMs <= 0) this.#call.fail(deadlineExceeded())
  }

  /** Starts to watch. May fail the call at once. */
  watch(clock: Clock, timeoutMs: number | undefined): void {
    const signal = this.#signal
    if (signal && !signal.aborted) {
      this.#onAbort = () => this.#call.fail(canceledBy(signal.reason))
      signal.addEventListener('abort', this.#onAbort, { once: true })
    }
    if (timeoutMs !== undefined && timeoutMs > 0)
      this.#cancelTimer = clock.after(Math.min(timeoutMs, longestTimer), () => this.#call.fail(deadlineExceeded()))
    this.check(timeoutMs)
  }

  release(): void {
    for (const owner of this.#owners) owner.delete(this.#call)
    if (this.#onAbort) this.#signal?.removeEventListener('abort', this.#onAbort)
    this.#cancelTimer?.()
  }
}
