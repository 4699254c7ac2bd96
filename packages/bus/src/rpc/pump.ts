import type { Channel } from './channel.ts'

/**
 * Moves what `source` gives into `channel`, no faster than the channel has room. Resolves when the source is done, or the channel has
 * ended; rejects with what the source threw. `stop` tells the source that nobody wants the rest.
 */
export function pump<T, U>(
  source: AsyncIterable<T>,
  channel: Channel<U>,
  convert: (value: T) => U,
): { done: Promise<void>; stop(): void } {
  const iterator = source[Symbol.asyncIterator]()
  let stopped = false
  const stop = () => {
    if (stopped) return
    stopped = true
    // A source that fails while it is being stopped has nobody left to tell.
    iterator.return?.().then(undefined, () => {})
  }
  const run = async () => {
    for (;;) {
      const result = await iterator.next()
      if (result.done) {
        stopped = true
        return
      }
      if (channel.ended) return stop()
      if (!channel.push(convert(result.value))) {
        await channel.room()
        if (channel.ended) return stop()
      }
    }
  }
  return { done: run(), stop }
}
