import { silentLogger, systemClock, systemRandom } from '@hangar/runtime'
import { afterAll, beforeAll, describe } from 'vitest'
import { busCases } from '../cases/index.ts'
import type { Network } from '../cases/network.ts'
import { type NatsServer, natsServerForTests, startNatsServer } from '../testing/index.ts'
import type { NatsBus } from './bus.ts'
import { connectNats } from './connect.ts'

const binary = natsServerForTests('the cases of the bus on NATS are')

describe.skipIf(!binary)('a real server', () => {
  let server: NatsServer
  let devices = 0
  beforeAll(async () => {
    server = await startNatsServer(binary!)
  })
  afterAll(() => server?.kill())

  const open = async (): Promise<Network> => {
    devices += 1
    const device = `device${devices}`
    const buses = new Map<string, NatsBus>()
    return {
      async connect(daemon) {
        const options = { clock: systemClock, random: systemRandom, log: silentLogger }
        const bus = await connectNats({ ...options, servers: server.url, device, daemon, heartbeat: 200 })
        buses.set(daemon, bus)
        return bus
      },
      kill: daemon => buses.get(daemon)!.crash(),
      otherDevice: open,
      close: async () => {
        for (const bus of buses.values()) await bus.close()
      },
    }
  }

  busCases({ name: 'NATS', open })
})
