import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { freePort } from '../hangar-on-nats.ts'
import type { Figures } from './figures.ts'
import type { LoadProcess } from './load-process.ts'
import { PREFIXES, SINGLE } from './prefixes.ts'
import { cpuOfEach, environment, settledMemory } from './processes.ts'

/** One round with gobgpd: the whole table by its stream, and with another gobgpd one route a call. */
export async function gobgpRound(load: LoadProcess, figures: Figures): Promise<void> {
  await withGobgpd(load, async ({ port, pid }) => {
    const idle = await settledMemory([pid])
    const cpu = await cpuOfEach([pid], PREFIXES, async () => {
      figures.add('gobgpd stream', PREFIXES / (await load.run('gobgpStream', port)))
    })
    figures.add('gobgpd stream cpu', cpu)
    await expectCount(load, port, PREFIXES)
    figures.add('gobgpd memory', ((await settledMemory([pid])) - idle) / PREFIXES)
  })
  await withGobgpd(load, async ({ port, pid }) => {
    const cpu = await cpuOfEach([pid], SINGLE, async () => {
      figures.add('gobgpd unary', SINGLE / (await load.run('gobgpUnary', port)))
    })
    figures.add('gobgpd unary cpu', cpu)
    await expectCount(load, port, SINGLE)
  })
}

async function withGobgpd(load: LoadProcess, use: (daemon: { port: number; pid: number }) => Promise<void>) {
  const port = await freePort()
  const child = spawn('gobgpd', ['--api-hosts', `127.0.0.1:${port}`, '--pprof-disable', '--log-level', 'error'], {
    env: environment,
    stdio: 'ignore',
  })
  const exit = once(child, 'exit')
  try {
    await load.run('gobgpStart', port)
    await use({ port, pid: child.pid! })
  } finally {
    child.kill()
    await exit
  }
}

async function expectCount(load: LoadProcess, port: number, expected: number): Promise<void> {
  const count = await load.run('gobgpCount', port)
  if (count !== expected) throw new Error(`gobgpd has ${count} of ${expected} routes`)
}
