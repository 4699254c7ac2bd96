import { percentile } from '../row.ts'
import { startDevice, type Way } from './device.ts'
import type { Figures } from './figures.ts'
import type { LoadProcess } from './load-process.ts'
import { ROUNDS } from './prefixes.ts'

/** Route changes at a steady rate to their MQTT messages, on a device that holds the whole table. */
export async function measureChanges(way: Way, load: LoadProcess, figures: Figures): Promise<void> {
  const clientId = 'changes'
  const device = await startDevice(way)
  try {
    await load.run('login', { target: device.endpoints.grpc, clientId })
    await load.run('hangarAdd', clientId)
    for (let round = 1; round <= ROUNDS; round++) {
      const { times, lost } = await load.run('changes', { clientId, mqtt: device.endpoints.mqtt, round })
      figures.add(`${way} change lost`, lost)
      if (times.length === 0) continue
      figures.add(`${way} change p50`, percentile(times, 50))
      figures.add(`${way} change p99`, percentile(times, 99))
    }
    await load.run('logout', clientId)
  } finally {
    await device.stop()
  }
}
