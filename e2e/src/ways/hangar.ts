import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { root } from '../root.ts'

/** The hangar command. */
export const hangar = join(root, 'services/device/bin/hangar.mjs')

export const portNames = ['grpc', 'mqtt', 'ssh', 'netconf', 'control'] as const
export type Ports = Record<(typeof portNames)[number], number>

/** `--grpc-port 0 --mqtt-port 0 ...` */
export function portFlags(ports: Ports): string[] {
  return portNames.flatMap(name => [`--${name}-port`, String(ports[name])])
}

export const anyPorts: Ports = { grpc: 0, mqtt: 0, ssh: 0, netconf: 0, control: 0 }

/** Ports that nothing listens on, so that a listener that a commit closes comes back where it was. */
export async function freePorts(): Promise<Ports> {
  const servers = await Promise.all(
    portNames.map(async () => {
      const server = createServer().listen(0, '127.0.0.1')
      await once(server, 'listening')
      return server
    }),
  )
  const ports = servers.map(server => (server.address() as { port: number }).port)
  await Promise.all(servers.map(server => new Promise(resolve => server.close(resolve))))
  return Object.fromEntries(portNames.map((name, index) => [name, ports[index]])) as Ports
}

/** `hangar up` as a process. */
export interface Running {
  child: ChildProcess
  /** The line that said that it is ready. */
  readyLine: string
  /** Its ready file. */
  ready: Record<(typeof portNames)[number], string> & { pid: number }
}

/** Runs `hangar up` and waits until it says that it is ready. */
export async function up(directory: string, flags: readonly string[]): Promise<Running> {
  const readyFile = join(directory, 'ready.json')
  const args = [hangar, 'up', '--dir', join(directory, 'device'), '--ready-file', readyFile, ...flags]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  child.stderr.on('data', chunk => {
    said = (said + chunk).slice(-10_000)
  })
  const readyLine = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', line => line.startsWith('hangar is ready:') && resolve(line))
    child.once('close', code => reject(new Error(`hangar up ended with ${code}: ${said}`)))
  })
  return { child, readyLine, ready: JSON.parse(readFileSync(readyFile, 'utf8')) }
}

/** Sends a signal and waits until the process has ended; resolves with its exit code. */
export async function end(child: ChildProcess, signal: NodeJS.Signals = 'SIGINT'): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
  const exit = once(child, 'exit')
  child.kill(signal)
  await exit
  return child.exitCode
}
