/** The pieces until the signal: a source that doesn't heed it is left alone with what it still has. */
export async function* until<Piece>(signal: AbortSignal, source: AsyncIterable<Piece>): AsyncIterable<Piece> {
  if (signal.aborted) return
  const pieces = source[Symbol.asyncIterator]()
  const stopped = Promise.withResolvers<undefined>()
  const stop = () => stopped.resolve(undefined)
  signal.addEventListener('abort', stop, { once: true })
  try {
    for (;;) {
      const next = await Promise.race([pieces.next(), stopped.promise])
      if (next === undefined || next.done) return
      yield next.value
    }
  } finally {
    signal.removeEventListener('abort', stop)
    // Not waited for: it may hang, which is why it is left. What it throws now concerns nobody.
    Promise.resolve(pieces.return?.()).catch(() => undefined)
  }
}
