import {
  createLogger,
  HangarError,
  type LogLevel,
  messageOf,
  systemClock,
  systemRandom,
  terminationSignal,
} from '@hangar/runtime'
import type { DaemonDefinition } from './define.ts'
import { serveHealth } from './health.ts'
import { startDaemon } from './host.ts'

/**
 * Runs one daemon as a process of its own, on NATS, until it is told to stop. What a container sets:
 * HANGAR_NATS (nats://127.0.0.1:4222), HANGAR_DEVICE (hangar), HANGAR_LISTEN_HOST (127.0.0.1), HANGAR_HEALTH_HOST and
 * HANGAR_HEALTH_PORT (127.0.0.1, 9100), HANGAR_LOG (info).
 */
export async function runDaemon<Options>(
  definition: DaemonDefinition<Options>,
  ...[options]: undefined extends Options ? [options?: Options] : [options: Options]
): Promise<void> {
  const env = process.env
  const log = createLogger({ name: definition.name, level: (env.HANGAR_LOG ?? 'info') as LogLevel })
  const stopSignal = terminationSignal(process)
  try {
    const { connectNats } = await import('@hangar/bus/nats')
    const connecting = connectNats({
      servers: env.HANGAR_NATS ?? 'nats://127.0.0.1:4222',
      device: env.HANGAR_DEVICE ?? 'hangar',
      daemon: definition.name,
      clock: systemClock,
      random: systemRandom,
      log,
    })
    // Who is told to stop while it waits for the server stops at once.
    const bus = await Promise.race([connecting, stopSignal.then(() => undefined)])
    if (!bus) process.exit()
    const daemon = await startDaemon(
      definition,
      { bus, clock: systemClock, random: systemRandom, log, listenHost: env.HANGAR_LISTEN_HOST ?? '127.0.0.1' },
      options as Options,
    )
    const health = await serveHealth({
      host: env.HANGAR_HEALTH_HOST ?? '127.0.0.1',
      port: Number(env.HANGAR_HEALTH_PORT ?? 9100),
      health: daemon.health,
      metrics: daemon.metrics,
    })
    log.info('running')
    log.info({ signal: await stopSignal }, 'stopping')
    await daemon.stop()
    await health.close()
    process.exitCode = 0
  } catch (error) {
    log.fatal({ error: messageOf(error) }, 'cannot run')
    process.exitCode = error instanceof HangarError ? error.exitCode : 1
  }
  // Sockets of a library that does not let go must not keep a stopped daemon alive.
  process.exit()
}
