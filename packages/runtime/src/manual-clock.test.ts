import fc from 'fast-check'
import { expect, test } from 'vitest'
import { delay } from './clock.ts'
import { ManualClock } from './manual-clock.ts'

test('time stands still until it is wound forward', async () => {
  const clock = new ManualClock(1000)
  const seen: number[] = []
  clock.after(120_000, () => seen.push(clock.now()))
  await clock.advance(119_999)
  expect(seen).toEqual([])
  await clock.advance(1)
  expect(seen).toEqual([121_000])
})

test('a periodic timer runs at each of its times, also within one long winding', async () => {
  const clock = new ManualClock(0)
  const seen: number[] = []
  const cancel = clock.every(10, () => seen.push(clock.now()))
  await clock.advance(35)
  cancel()
  await clock.advance(100)
  expect(seen).toEqual([10, 20, 30])
})

test('timers run in the order of their times, whatever the order in which they were set', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(1000), { maxLength: 50 }), async delays => {
      const clock = new ManualClock(0)
      const seen: number[] = []
      for (const ms of delays) clock.after(ms, () => seen.push(ms))
      await clock.advance(1000)
      expect(seen).toEqual(delays.toSorted((a, b) => a - b))
      expect(clock.pending).toBe(0)
    }),
    { numRuns: 25 },
  )
})

test('a delay ends at once when its signal is aborted', async () => {
  const clock = new ManualClock()
  const abort = new AbortController()
  const waiting = delay(clock, 1000, abort.signal)
  abort.abort(new Error('no longer wanted'))
  await expect(waiting).rejects.toThrow('no longer wanted')
  expect(clock.pending).toBe(0)
})
