import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

/** A real nats-server on a port of its own on loopback. */
export interface NatsServer {
  readonly url: string
  readonly port: number
  /** Kills it (SIGKILL). Resolves when it is gone. */
  kill(): Promise<void>
  /** Starts it again on the same port. Resolves when it accepts clients. */
  start(): Promise<void>
}

/** The binary: HANGAR_NATS_SERVER, or nats-server on PATH. Undefined when there is none. */
export function findNatsServer(environment: NodeJS.ProcessEnv = process.env): string | undefined {
  const binary = environment.HANGAR_NATS_SERVER ?? 'nats-server'
  try {
    execFileSync(binary, ['--version'], { stdio: 'ignore' })
    return binary
  } catch {
    return undefined
  }
}

/**
 * For test files: the binary, or undefined. Throws under CI=true, where it has to be there. `what`: what is left out without it, said in one line;
 * of several files of a package one says it.
 */
export function natsServerForTests(what?: string): string | undefined {
  const binary = findNatsServer()
  if (binary) return binary
  const missing = 'no nats-server on PATH or in HANGAR_NATS_SERVER'
  if (process.env.CI === 'true') throw new Error(missing)
  if (what) console.log(`${missing}: ${what} left out`)
  return undefined
}

/** `more`: arguments of nats-server beside the address. */
export async function startNatsServer(binary: string, more: readonly string[] = []): Promise<NatsServer> {
  let { child, port } = await launch(binary, -1, more)
  return {
    url: `nats://127.0.0.1:${port}`,
    port,
    kill: () => kill(child),
    start: async () => {
      ;({ child, port } = await launch(binary, port, more))
    },
  }
}

function launch(binary: string, port: number, more: readonly string[]): Promise<{ child: ChildProcess; port: number }> {
  const child = spawn(binary, ['-a', '127.0.0.1', '-p', String(port), ...more], { stdio: ['ignore', 'ignore', 'pipe'] })
  const onExit = () => child.kill('SIGKILL')
  process.once('exit', onExit)
  child.once('exit', () => process.removeListener('exit', onExit))
  return new Promise((resolve, reject) => {
    let heard = port
    const lines: string[] = []
    child.once('error', reject)
    child.once('exit', code => reject(new Error(`nats-server ended with ${code}: ${lines.join('\n')}`)))
    // The pipe is read to its end: a server whose messages nobody takes would stop.
    createInterface({ input: child.stderr! }).on('line', line => {
      if (lines.length < 50) lines.push(line)
      const listening = /Listening for client connections on .*:(\d+)/.exec(line)
      if (listening) heard = Number(listening[1])
      if (line.includes('Server is ready')) resolve({ child, port: heard })
    })
  })
}

function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise(resolve => {
    child.once('exit', () => resolve())
    child.kill('SIGKILL')
  })
}
