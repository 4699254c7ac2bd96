import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hangarOnNats } from '../hangar-on-nats.ts'
import { hangarUp } from '../hangar-up.ts'

export const ways = ['memory', 'NATS'] as const
/** One process with the memory bus, or a process a daemon on NATS. */
export type Way = (typeof ways)[number]

export interface RoutesDevice {
  readonly endpoints: { readonly grpc: string; readonly mqtt: string }
  /** The processes that hold routes. */
  readonly pids: readonly number[]
  /** All of the device's processes. */
  readonly all: readonly number[]
  stop(): Promise<void>
}

/** A device with a way to the gateways, so that routes are in the forwarding table. */
export async function startDevice(way: Way): Promise<RoutesDevice> {
  const directory = mkdtempSync(join(tmpdir(), 'hangar-routes-'))
  const configuration = join(directory, 'juniper.conf')
  writeFileSync(configuration, withGateways)
  try {
    if (way === 'memory') {
      const { child, endpoints, stop } = await hangarUp(['--config', configuration])
      const pids = [child.pid!]
      return { endpoints, pids, all: pids, stop }
    }
    const { processes, endpoints, stop } = await hangarOnNats(configuration)
    const pids = Object.entries(processes).map(([name, child]) => [name, child.pid!] as const)
    const holders = pids.filter(([name]) => name === 'rpd' || name === 'kernel')
    return { endpoints, pids: holders.map(([, pid]) => pid), all: pids.map(([, pid]) => pid), stop }
  } finally {
    rmSync(directory, { recursive: true })
  }
}

const withGateways = readFileSync(join(import.meta.dirname, '../../../deploy/juniper.conf'), 'utf8').replace(
  /^interfaces \{$/m,
  'interfaces {\nxe-0/0/0 { unit 0 { family inet { address 10.0.0.254/24; } } }',
)
