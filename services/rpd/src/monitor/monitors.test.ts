import { expect, test } from 'vitest'
import { classic } from '../read/dialect.ts'
import { startMonitoring } from '../testing/monitoring.ts'
import { monitorApis } from '../testing/rib-monitors.ts'
import { Monitors } from './monitors.ts'

async function start() {
  const monitoring = await startMonitoring(monitorApis.classic)
  const { routing, rib } = monitoring
  const monitors = new Monitors(routing, classic)
  const begin = (policy = '', session = 's1') => {
    const abort = new AbortController()
    const choices = { policy, context: 0, noEndOfTable: false, noWithdrawal: false }
    const stream = monitors.answer(
      { table: 'inet.0', operation: 1, routeCount: 1000, choices, again: false },
      { client: 'watcher', session, formats: { addresses: 'string', tables: 'name' }, signal: abort.signal },
    )
    const messages = stream[Symbol.asyncIterator]()
    return { messages, abort }
  }
  const table = rib.table('inet.0')!
  const attributes = rib.attributes.intern(rib.attributes.source('Static', 'app'), { preference: 5, preference2: 100 })
  const nextHop = rib.nextHops.intern('master', { kind: 'discard' })
  rib.attributes.hold(attributes)
  rib.nextHops.hold(nextHop)
  /** Puts so many routes from 10.0.0.0/32 on; returns their rows. */
  const fill = (from: number, count: number) =>
    Array.from({ length: count }, (_, i) =>
      table.insert(-1, 0x0a000000 + from + i, 0, 0, 0, 32, attributes, nextHop, 0, 0),
    )
  return { ...monitoring, monitors, begin, table, fill }
}

test('a client that does not read costs what it was told and what there is, not what has happened', async () => {
  const { rib, monitors, begin, table, fill } = await start()
  fill(0, 100)
  const { messages } = begin()
  await messages.next()
  await messages.next()
  const before = monitors.bytes
  for (let round = 1; round <= 100; round++) {
    const rows = fill(1000 * round, 1000)
    rib.settle()
    for (const row of rows) table.remove(row)
    rib.settle()
  }
  expect(monitors.bytes).toBeLessThan(before + 100_000)
})

test('a walk past routes that the policy rejects lets others have their turn', async () => {
  const { rib, configure, begin, fill } = await start()
  configure('policy-statement p then reject')
  fill(0, 20_000)
  rib.settle()
  const { messages } = begin('p')
  let turns = 0
  let walking = true
  const count = () => {
    turns++
    if (walking) setImmediate(count)
  }
  setImmediate(count)
  const { value } = await messages.next()
  walking = false
  expect(Buffer.from(value as Uint8Array).subarray(-2)).toEqual(Buffer.of(0x08, 5))
  expect(turns).toBeGreaterThan(5)
})

test('a call that ends gives up its monitor, and what it held', async () => {
  const { monitors, begin, fill } = await start()
  fill(0, 10)
  const { messages, abort } = begin()
  await messages.next()
  expect(monitors.bytes).toBeGreaterThan(0)
  abort.abort()
  expect(await messages.next()).toEqual({ done: true, value: undefined })
  expect(monitors.bytes).toBe(0)
})
