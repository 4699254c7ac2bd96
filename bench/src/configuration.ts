import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { type Branch, compareText, emptyRoot, loadSet } from '@hangar/junos-config'
import { type BenchRow, median } from './row.ts'

const ROUNDS = 5

/** Loading a configuration in set format, by its size, and `show | compare` with one changed line. No open parser would be a fair peer. */
export function benchConfiguration(): BenchRow[] {
  return [1_000, 10_000, 100_000, 1_000_000].flatMap(measure)
}

function measure(count: number): BenchRow[] {
  const text = linesOf(count).join('\n')
  const name = `configuration of ${count.toLocaleString('en')} set lines`
  const aim = count === 100_000
  const rounds = count > 100_000 ? 1 : ROUNDS
  const before = heap()
  let root = emptyRoot
  const loads = Array.from({ length: rounds }, () => timed(() => (root = loadSet(emptyRoot, text).root)))
  const held = heap() - before
  const line = 'set routing-options static route 10.0.0.7/32 metric 5'
  const changed: Branch = loadSet(root, line).root
  const more = Array.from({ length: rounds }, () => timed(() => loadSet(root, line)))
  const compares = Array.from({ length: rounds }, () => timed(() => compareText(root, changed)))
  return [
    { what: `${name}: load`, value: median(loads), unit: 'ms', ...(aim && { aim: '3,000' }) },
    { what: `${name}: load, a line`, value: (median(loads) * 1000) / count, unit: 'µs' },
    { what: `${name}: memory, a line`, value: held / count, unit: 'bytes' },
    { what: `${name}: one more line`, value: median(more), unit: 'ms' },
    {
      what: `${name}: comparing one changed line`,
      value: median(compares),
      unit: 'ms',
      ...(aim && { aim: '200' }),
    },
  ]
}

/** Interfaces and static routes, three lines to one. */
function linesOf(count: number): string[] {
  return Array.from({ length: count }, (_, i) => {
    const address = `10.${(i >> 16) & 255}.${(i >> 8) & 255}.${i & 255}`
    return i % 4 === 3
      ? `set routing-options static route ${address}/32 next-hop 192.0.2.1`
      : `set interfaces xe-${(i >> 14) & 63}/${(i >> 12) & 3}/${(i >> 6) & 63} unit ${i % 64} family inet address ${address}/32`
  })
}

function timed(work: () => void): number {
  const start = performance.now()
  work()
  return performance.now() - start
}

function heap(): number {
  setFlagsFromString('--expose-gc')
  const collect: () => void = runInNewContext('gc')
  collect()
  return process.memoryUsage().heapUsed
}
