import { silentLogger, systemClock, systemRandom } from '@hangar/runtime'
import { busCases } from '../cases/index.ts'
import type { Network } from '../cases/network.ts'
import { createMemoryHub } from './hub.ts'

const options = { clock: systemClock, random: systemRandom, log: silentLogger }

function open(device: string): Network {
  const hub = createMemoryHub({ device })
  return {
    connect: async daemon => hub.connect(daemon, options),
    kill: async daemon => hub.kill(daemon),
    otherDevice: async () => open('other'),
    close: async () => {},
  }
}

busCases({ name: 'memory', open: async () => open('device') })
