/** Cancels what it was given for. Cancelling twice, or after it ran, does nothing. */
export type Cancel = () => void

/**
 * The only source of time. Times are milliseconds; `now` is Unix time, `monotonic` never jumps back and has no fixed zero.
 * A daemon takes it as a parameter, so that a purge timer of two minutes is a test of one millisecond.
 */
export interface Clock {
  now(): number
  monotonic(): number
  /** Runs `callback` once, `delay` ms from now. Does not keep the process alive. */
  after(delay: number, callback: () => void): Cancel
  /** Runs `callback` each `period` ms, the first time after one period. Does not keep the process alive. */
  every(period: number, callback: () => void): Cancel
}

/** The longest time that one timer of Node counts, about 24 days; longer ones are counted in several. */
export const LONGEST = 2 ** 31 - 1

/** The machine's own clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(delay, callback) {
    if (delay <= LONGEST) {
      const timer = setTimeout(callback, delay).unref()
      return () => clearTimeout(timer)
    }
    let cancel = this.after(LONGEST, () => {
      cancel = this.after(delay - LONGEST, callback)
    })
    return () => cancel()
  },
  every(period, callback) {
    const timer = setInterval(callback, period).unref()
    return () => clearInterval(timer)
  },
}

/** Rejects with the signal's reason when it is aborted before `delay` ms have passed. */
export function delay(clock: Clock, ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason)
    const onAbort = () => {
      cancel()
      reject(signal!.reason)
    }
    const cancel = clock.after(ms, () => {
      signal?.removeEventListener('abort', onAbort)
      resolve()
    })
    signal?.addEventListener('abort', onAbort, { once: true })
  })
}
