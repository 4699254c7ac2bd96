import type { MemoryTerminal } from './memory-terminal.ts'

/** Resolves when the session has nothing left to do but wait: no output for a number of turns of the event loop. */
export async function settle(terminal: MemoryTerminal, turns = 12): Promise<void> {
  for (let quiet = 0, seen = terminal.output.length; quiet < turns; quiet++) {
    await new Promise(setImmediate)
    if (terminal.output.length !== seen) {
      seen = terminal.output.length
      quiet = 0
    }
  }
}
