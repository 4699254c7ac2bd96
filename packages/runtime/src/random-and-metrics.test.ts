import { expect, test } from 'vitest'
import { Metrics } from './metrics.ts'
import { seededRandom, systemRandom } from './random.ts'

test('the same seed gives the same numbers, another seed others', () => {
  const numbers = (seed: number) => {
    const random = seededRandom(seed)
    return Array.from({ length: 20 }, () => random.number())
  }
  expect(numbers(7)).toEqual(numbers(7))
  expect(numbers(7)).not.toEqual(numbers(8))
  expect(numbers(7).every(number => number >= 0 && number < 1)).toBe(true)
})

test('hex gives two digits a byte', () => {
  expect(seededRandom(1).hex(8)).toMatch(/^[0-9a-f]{16}$/)
  expect(systemRandom.hex(8)).toMatch(/^[0-9a-f]{16}$/)
})

test('metrics are served as Prometheus text', async () => {
  const metrics = new Metrics()
  metrics.counter('calls_total', 'Calls answered').add(3)
  let sessions = 1
  metrics.gauge('sessions', 'Sessions open now', () => sessions)
  sessions = 2
  const text = await metrics.text()
  expect(text).toContain('hangar_calls_total 3')
  expect(text).toContain('hangar_sessions 2')
})
