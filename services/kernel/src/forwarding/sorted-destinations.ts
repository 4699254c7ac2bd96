import { turn } from '@hangar/runtime'
import { type Destinations, Run, RunHeap } from './destination-runs.ts'
import type { Routes } from './routes.ts'

/** Destinations that are looked at, sorted or given in one piece. */
const part = 1024

/**
 * The destinations of a table in the order of their addresses, part by part, with turns for everybody else: those that were there when it
 * began, of which some may have gone. Parts are sorted as they are gathered, and then merged, so that no million is sorted at once.
 */
export async function* sortedDestinations(
  routes: Routes,
  wanted: (address: Uint32Array, length: number) => boolean = () => true,
): AsyncGenerator<Destinations> {
  const runs: Run[] = []
  for (const gathered of gather(routes, wanted)) {
    if (gathered.lengths.length > 0) runs.push(new Run(gathered, routes.width))
    await turn()
  }
  const heap = new RunHeap(runs)
  while (heap.size > 0) {
    yield heap.next(part, routes.width)
    await turn()
  }
}

function* gather(routes: Routes, wanted: (address: Uint32Array, length: number) => boolean): Generator<Destinations> {
  let cursor = 0
  do {
    const addresses: number[] = []
    const lengths: number[] = []
    cursor = routes.scan(cursor, part, (address, length) => {
      if (!wanted(address, length)) return
      addresses.push(...address)
      lengths.push(length)
    })
    yield { addresses: Uint32Array.from(addresses), lengths: Uint8Array.from(lengths) }
  } while (cursor >= 0)
}
