/** Resolves when all that waits by now has had its turn: long work in a process that serves others is done in slices. */
export function turn(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve))
}
