import { expect, test } from 'vitest'
import { Lifecycle } from './lifecycle.ts'
import { silentLogger } from './logger.ts'
import { ManualClock } from './manual-clock.ts'

test('what was started last is stopped first', async () => {
  const lifecycle = new Lifecycle({ clock: new ManualClock(), log: silentLogger })
  const stopped: string[] = []
  for (const name of ['bus', 'tables', 'listener']) lifecycle.onStop(name, () => void stopped.push(name))
  await Promise.all([lifecycle.stop(), lifecycle.stop()])
  expect(stopped).toEqual(['listener', 'tables', 'bus'])
})

test('a stop that fails or hangs does not keep the others', async () => {
  const clock = new ManualClock()
  const lifecycle = new Lifecycle({ clock, log: silentLogger, patience: 500 })
  const stopped: string[] = []
  lifecycle.onStop('first', () => void stopped.push('first'))
  lifecycle.onStop('hangs', () => new Promise(() => {}))
  lifecycle.onStop('fails', () => Promise.reject(new Error('broken')))
  const stopping = lifecycle.stop()
  await clock.advance(500)
  await stopping
  expect(stopped).toEqual(['first'])
})
