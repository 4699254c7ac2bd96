/** Bytes that a writer may send before its reader has taken any. A message counts as `leastCost` at least. */
export const streamWindow = 1024 * 1024
/** So that a window is at most 256 messages. */
const leastCost = 4096

/** What a message of so many bytes takes of the window. */
export function costOf(bytes: number): number {
  return Math.max(bytes, leastCost)
}
