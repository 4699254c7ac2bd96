import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { DockerComposeEnvironment, Wait } from 'testcontainers'
import { until, untilReady } from '../clients/control.ts'
import type { Endpoints, TestDevice } from '../device.ts'
import { root } from '../root.ts'

const run = promisify(execFile)

/** What each daemon's container publishes. */
const ports = {
  grpc: ['jsd', 32767],
  mqtt: ['mqttd', 1883],
  ssh: ['mgd', 2222],
  netconf: ['mgd', 8300],
  control: ['control', 32766],
} as const

export const containers = ['nats', 'mgd', 'kernel', 'dcd', 'rpd', 'mqttd', 'eventd', 'jsd', 'control'] as const
export type Container = (typeof containers)[number]

export interface ComposedDevice extends TestDevice {
  /** Kills one container's process outright and starts the container again. Resolves when the device is ready again. */
  killAndStart(container: Container): Promise<void>
}

/** Its health check, now: Docker's own word on it may be half a minute old. */
async function isWell(container: string): Promise<boolean> {
  try {
    await run('docker', ['exec', container, 'hangar', 'health'])
    return true
  } catch {
    return false
  }
}

/** Runs the compose file at the root on free ports, through Testcontainers. */
export async function startCompose(): Promise<ComposedDevice> {
  const anyPorts = Object.fromEntries(Object.keys(ports).map(name => [`HANGAR_${name.toUpperCase()}_PORT`, '0']))
  let compose = new DockerComposeEnvironment(root, 'compose.yaml').withEnvironment(anyPorts).withBuild()
  for (const container of containers) compose = compose.withWaitStrategy(`${container}-1`, Wait.forHealthCheck())
  const environment = await compose.up()
  const id = (container: Container) => environment.getContainer(`${container}-1`).getId()

  /** Asked of Docker each time: a container that starts again gets other ports. */
  const publishedAt = async (name: keyof typeof ports): Promise<string> => {
    const [container, port] = ports[name]
    const { stdout } = await run('docker', ['port', id(container), `${port}/tcp`])
    return stdout.trim().split('\n')[0]!
  }
  const readEndpoints = async (): Promise<Endpoints> => {
    const names = Object.keys(ports) as (keyof typeof ports)[]
    return Object.fromEntries(await Promise.all(names.map(async name => [name, await publishedAt(name)])))
  }

  let endpoints = await readEndpoints()
  /** What others say of a daemon may be older than its death: each is asked itself, then the device. */
  const settle = async () => {
    endpoints = await readEndpoints()
    const daemons = containers.filter(container => container !== 'nats')
    await Promise.all(daemons.map(daemon => until(`${daemon} is well`, () => isWell(id(daemon)))))
    await untilReady(endpoints.control)
  }
  await settle()
  return {
    way: 'compose',
    cli: ['docker', 'exec', '-i', id('mgd'), 'hangar', 'cli'],
    get endpoints() {
      return endpoints
    },
    async restart() {
      await run('docker', ['restart', '--time', '5', ...containers.map(id)])
      await settle()
    },
    async killAndStart(container) {
      await run('docker', ['kill', id(container)])
      await run('docker', ['start', id(container)])
      await settle()
    },
    async stop() {
      await environment.down({ removeVolumes: true })
    },
  }
}
