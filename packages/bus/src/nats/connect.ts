import { delay, HangarError, messageOf } from '@hangar/runtime'
import type { NatsConnection } from '@nats-io/nats-core'
import { connect } from '@nats-io/transport-node'
import { type BusOptions, checkName } from '../options.ts'
import { NatsBus } from './bus.ts'

export interface ConnectNatsOptions extends BusOptions {
  /** `nats://host:port`, one or several of one cluster. */
  servers: string | string[]
  device: string
  daemon: string
  /** ms that the server may take to appear; 10 s unless told otherwise. Once it was there, it is waited for without end. */
  patience?: number
  /** ms between two heartbeats; 1 s unless told otherwise. */
  heartbeat?: number
  /** A peer that missed more heartbeats than this is down; 3 unless told otherwise. */
  missedHeartbeats?: number
  /** Calls that may be under way here at a time; 4096 unless told otherwise. */
  maxCalls?: number
}

/**
 * A daemon's end of the bus on NATS. Give it the machine's clock: heartbeats and deadlines are about real peers, also where the device's own
 * time is stopped. Rejects with HGR_BUS_UNREACHABLE when the server did not appear in time.
 */
export async function connectNats(options: ConnectNatsOptions): Promise<NatsBus> {
  const { clock, random, log } = options
  const device = checkName('device', options.device)
  const daemon = checkName('daemon', options.daemon)
  const bus = new NatsBus(await reach(options), {
    device,
    daemon,
    clock,
    random,
    log,
    heartbeat: options.heartbeat ?? 1000,
    patience: options.missedHeartbeats ?? 3,
    maxCalls: options.maxCalls ?? 4096,
  })
  await bus.settled()
  return bus
}

async function reach({
  servers,
  device,
  daemon,
  clock,
  random,
  patience,
}: ConnectNatsOptions): Promise<NatsConnection> {
  const end = clock.monotonic() + (patience ?? 10_000)
  for (;;) {
    try {
      return await connect({
        servers,
        name: `hangar/${device}/${daemon}`,
        timeout: 5000,
        maxReconnectAttempts: -1,
        reconnectDelayHandler: () => 50 + random.number() * 100,
        pingInterval: 5000,
        maxPingOut: 2,
        noAsyncTraces: true,
      })
    } catch (error) {
      if (clock.monotonic() >= end) {
        throw new HangarError('HGR_BUS_UNREACHABLE', `${[servers].flat().join(', ')}: ${messageOf(error)}`, {
          cause: error,
        })
      }
      await delay(clock, 100)
    }
  }
}
