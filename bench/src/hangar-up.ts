import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const hangar = join(import.meta.dirname, '../../services/device/bin/hangar.mjs')

export interface RunningHangar {
  readonly child: ChildProcess
  readonly directory: string
  readonly endpoints: Record<'grpc' | 'mqtt' | 'ssh' | 'netconf' | 'control', string>
  stop(): Promise<void>
}

/** A device in one process, started as a user starts it, on free ports. */
export async function hangarUp(flags: readonly string[] = []): Promise<RunningHangar> {
  const directory = mkdtempSync(join(tmpdir(), 'hangar-bench-'))
  const readyFile = join(directory, 'ready.json')
  const ports = ['grpc', 'mqtt', 'ssh', 'netconf', 'control'].flatMap(name => [`--${name}-port`, '0'])
  const child = spawn(
    process.execPath,
    [hangar, 'up', '--dir', directory, '--ready-file', readyFile, ...ports, ...flags],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const lines = createInterface({ input: child.stdout! })
  await Promise.race([
    once(lines, 'line'),
    once(child, 'exit').then(([code]) => Promise.reject(new Error(`hangar up ended with ${code}`))),
  ])
  return {
    child,
    directory,
    endpoints: JSON.parse(readFileSync(readyFile, 'utf8')),
    async stop() {
      const exit = once(child, 'exit')
      child.kill('SIGINT')
      await exit
      rmSync(directory, { recursive: true, force: true })
    },
  }
}
