import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')
const daemons = ['kernel', 'dcd', 'rpd', 'mqttd', 'eventd', 'jsd', 'mgd', 'control']

/** The device as the containers run it, but without containers: a real nats-server and one process a daemon, on free ports. `configuration` is the file that it starts from. */
export async function hangarOnNats(configuration = join(root, 'deploy/juniper.conf')) {
  const directory = mkdtempSync(join(tmpdir(), 'hangar-bench-'))
  const names = ['nats', 'grpc', 'mqtt', 'ssh', 'netconf', 'control'] as const
  const ports = Object.fromEntries(await Promise.all(names.map(async name => [name, await freePort()]))) as Record<
    (typeof names)[number],
    number
  >
  const nats = spawn('nats-server', ['-a', '127.0.0.1', '-p', String(ports.nats)], { stdio: 'ignore' })
  const env = {
    ...process.env,
    HANGAR_NATS: `nats://127.0.0.1:${ports.nats}`,
    HANGAR_DIR: directory,
    HANGAR_LOG: 'warn',
    HANGAR_HEALTH_PORT: '0',
    HANGAR_GRPC_PORT: String(ports.grpc),
    HANGAR_MQTT_PORT: String(ports.mqtt),
    HANGAR_SSH_PORT: String(ports.ssh),
    HANGAR_NETCONF_PORT: String(ports.netconf),
    HANGAR_CONTROL_PORT: String(ports.control),
    HANGAR_DEFAULT_CONFIGURATION: configuration,
  }
  const processes = daemons.map(name =>
    spawn(process.execPath, [join(root, 'services/device/dist', `${name}.mjs`)], {
      env,
      stdio: ['ignore', 'ignore', 'inherit'],
    }),
  )
  const endpoint = (port: number) => `127.0.0.1:${port}`
  const stop = async () => {
    for (const child of [...processes, nats]) {
      const exit = once(child, 'exit')
      // One that has ended already says so no more.
      if (child.exitCode === null && child.signalCode === null && child.kill('SIGTERM')) await exit
    }
    rmSync(directory, { recursive: true, force: true })
  }
  try {
    await untilReady(endpoint(ports.control))
  } catch (error) {
    await stop()
    throw error
  }
  return {
    /** By the daemon's name, and the server between them. */
    processes: { ...Object.fromEntries(daemons.map((name, index) => [name, processes[index]!])), nats },
    endpoints: {
      grpc: endpoint(ports.grpc),
      mqtt: endpoint(ports.mqtt),
      ssh: endpoint(ports.ssh),
      netconf: endpoint(ports.netconf),
      control: endpoint(ports.control),
    },
    stop,
  }
}

async function untilReady(control: string): Promise<void> {
  const end = performance.now() + 30_000
  for (;;) {
    const answer = await fetch(`http://${control}/ready`).catch(() => undefined)
    if (answer?.ok) return
    if (performance.now() > end) throw new Error(`not ready after 30 s: ${await answer?.text()}`)
    await new Promise(resolve => setTimeout(resolve, 20))
  }
}

/** A port below those that the machine gives to outgoing connections, one of which could take it before the daemon does. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 10_000)
    const server = createServer().listen(port, '127.0.0.1')
    const free = await Promise.race([
      once(server, 'listening').then(() => true),
      once(server, 'error').then(() => false),
    ])
    if (!free) continue
    server.close()
    await once(server, 'close')
    return port
  }
}
