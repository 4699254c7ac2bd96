import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startNatsServer } from '@hangar/bus/testing'
import { root } from '../root.ts'
import { end, freePorts } from './hangar.ts'

export const daemons = ['kernel', 'dcd', 'rpd', 'jsd', 'mgd'] as const
export type Daemon = (typeof daemons)[number]

/** What a device of routes is made of: each daemon as a process of its own, on a real nats-server; any of them may be killed and started again. */
export async function startDaemons(natsServer: string, configuration: readonly string[]) {
  const directory = mkdtempSync(join(tmpdir(), 'hangar-kill-'))
  const file = join(directory, 'juniper.conf')
  writeFileSync(file, configuration.map(line => `set ${line}\n`).join(''))
  const nats = await startNatsServer(natsServer)
  const ports = await freePorts()
  const health = new Map<Daemon, number>()
  const processes = new Map<Daemon, ChildProcess>()

  const start = (daemon: Daemon) => {
    const env = {
      ...process.env,
      HANGAR_NATS: nats.url,
      HANGAR_DIR: join(directory, 'device'),
      HANGAR_LOG: process.env.HANGAR_LOG ?? 'fatal',
      HANGAR_HEALTH_PORT: String(health.get(daemon)),
      HANGAR_GRPC_PORT: String(ports.grpc),
      HANGAR_SSH_PORT: String(ports.ssh),
      HANGAR_NETCONF_PORT: String(ports.netconf),
      HANGAR_DEFAULT_CONFIGURATION: file,
    }
    const program = join(root, 'services/device/dist', `${daemon}.mjs`)
    processes.set(daemon, spawn(process.execPath, [program], { env, stdio: ['ignore', 'ignore', 'inherit'] }))
  }
  /** Resolves when the daemons do their work. */
  const ready = async (...names: readonly Daemon[]) => {
    for (const name of names)
      while (!(await fetch(`http://127.0.0.1:${health.get(name)}/health`).catch(() => undefined))?.ok)
        await new Promise(resolve => setTimeout(resolve, 20))
  }
  const stop = async () => {
    for (const child of processes.values()) await end(child, 'SIGTERM')
    await nats.kill()
    rmSync(directory, { recursive: true, force: true })
  }

  const { mqtt, control } = ports
  const spare = [mqtt, control, ...Object.values(await freePorts())]
  for (const [index, daemon] of daemons.entries()) health.set(daemon, spare[index]!)
  /** Starts those that do not run; resolves when all do their work. */
  const revive = async () => {
    for (const daemon of daemons) {
      const child = processes.get(daemon)
      if (!child || child.exitCode !== null || child.signalCode !== null) start(daemon)
    }
    await ready(...daemons)
  }
  try {
    await revive()
  } catch (error) {
    await stop()
    throw error
  }
  return {
    nats,
    grpc: `127.0.0.1:${ports.grpc}`,
    ssh: `127.0.0.1:${ports.ssh}`,
    start,
    ready,
    revive,
    /** `kill -9`; resolves when it is gone. */
    kill: (daemon: Daemon) => end(processes.get(daemon)!, 'SIGKILL'),
    stop,
  }
}
