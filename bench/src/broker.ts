import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { type BenchRow, median, withPeer } from './row.ts'

const here = join(import.meta.dirname, 'broker')
const seconds = 1.5
const rounds = 3

interface RunningBroker {
  port: number
  stop(): Promise<void>
}

/** Deliveries a second of our broker beside mosquitto's, in turns, each in a process of its own, as is the load. */
export async function benchBroker(): Promise<BenchRow[]> {
  const ours = await startOurs()
  const mosquitto = await startMosquitto()
  try {
    const rows: BenchRow[] = []
    for (const qos of [0, 1] as const) {
      for (const subscribers of [1, 10, 100]) {
        const own: number[] = []
        const peer: number[] = []
        for (let round = 0; round < rounds; round++) {
          own.push(await load(ours.port, subscribers, qos))
          if (mosquitto) peer.push(await load(mosquitto.port, subscribers, qos))
        }
        const row = {
          what: `broker: 200 bytes, QoS ${qos}, 1 publisher to ${subscribers}`,
          value: median(own),
          unit: 'deliveries/s',
          ...(subscribers === 10 && { aim: 'at least mosquitto' }),
        }
        rows.push(mosquitto ? withPeer(row, 'mosquitto', median(peer)) : row)
      }
    }
    return rows
  } finally {
    await ours.stop()
    await mosquitto?.stop()
  }
}

async function startOurs(): Promise<RunningBroker> {
  const child = spawn(process.execPath, [join(here, 'ours.ts')], { stdio: ['ignore', 'pipe', 'inherit'] })
  return { port: await numberFrom(child), stop: () => stop(child) }
}

/** mosquitto without a limit on its queues, so that it never drops; else as it comes. Undefined where it is not installed. */
async function startMosquitto(): Promise<RunningBroker | undefined> {
  const directory = mkdtempSync(join(tmpdir(), 'hangar-mosquitto-'))
  const port = await freePort()
  const file = join(directory, 'mosquitto.conf')
  writeFileSync(
    file,
    [
      `listener ${port} 127.0.0.1`,
      'allow_anonymous true',
      'persistence false',
      'max_queued_messages 0',
      'set_tcp_nodelay true',
      'log_type none',
      '',
    ].join('\n'),
  )
  const path = `${process.env.PATH}:/usr/sbin:/usr/local/sbin`
  const child = spawn('mosquitto', ['-c', file], { stdio: 'ignore', env: { ...process.env, PATH: path } })
  const failed = await Promise.race([once(child, 'error').then(() => true), once(child, 'spawn').then(() => false)])
  if (failed) {
    console.error('mosquitto is not installed: the broker is measured alone')
    rmSync(directory, { recursive: true })
    return undefined
  }
  await listening(port)
  return {
    port,
    async stop() {
      await stop(child)
      rmSync(directory, { recursive: true })
    },
  }
}

async function load(port: number, subscribers: number, qos: 0 | 1): Promise<number> {
  const args = [join(here, 'load.ts'), port, subscribers, qos, seconds].map(String)
  return numberFrom(spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] }))
}

/** The number that a child prints on its first line. */
async function numberFrom(child: ChildProcess): Promise<number> {
  for await (const line of createInterface({ input: child.stdout! })) return Number(line)
  throw new Error('the child said nothing')
}

async function stop(child: ChildProcess): Promise<void> {
  const exit = once(child, 'exit')
  child.kill('SIGTERM')
  await exit
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  await new Promise(resolve => server.close(resolve))
  return port
}

async function listening(port: number): Promise<void> {
  for (;;) {
    const socket = connect(port, '127.0.0.1')
    const up = await new Promise<boolean>(resolve => {
      socket.once('connect', () => resolve(true))
      socket.once('error', () => resolve(false))
    })
    socket.destroy()
    if (up) return
    await new Promise(resolve => setTimeout(resolve, 20))
  }
}

if (import.meta.main) console.table(await benchBroker())
