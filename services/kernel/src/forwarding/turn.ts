/** Gives the rest of the process its turn. */
export function turn(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve))
}
