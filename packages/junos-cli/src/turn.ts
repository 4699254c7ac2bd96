/** Gives the rest of the process its turn: what a user pastes or asks for must not keep the device waiting. */
export function turn(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve))
}
