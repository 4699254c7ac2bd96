import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
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

test('a process that waits for nothing else lives until it is told to stop', async () => {
  const module = new URL('./lifecycle.ts', import.meta.url)
  const program = `
    import { terminationSignal } from ${JSON.stringify(module)}
    const signal = terminationSignal(process)
    console.log('waits')
    console.log(await signal)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const output = text(child.stdout)
  await once(child.stdout, 'readable')
  child.kill('SIGTERM')
  expect(await output).toBe('waits\nSIGTERM\n')
})
