import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type BenchRow, median } from './row.ts'

const run = promisify(execFile)
const cwd = join(import.meta.dirname, '../..')

/** `docker compose up -d --wait`, with the images there, to everything healthy. Nothing is measured where no engine answers. */
export async function benchCompose(): Promise<BenchRow[]> {
  try {
    await run('docker', ['info'])
  } catch {
    console.error('bench: compose is left out, no Docker engine answers')
    return []
  }
  const ports = ['GRPC', 'MQTT', 'SSH', 'NETCONF', 'CONTROL'].map(name => [`HANGAR_${name}_PORT`, '0'])
  const env = { ...process.env, ...Object.fromEntries(ports) }
  const compose = (...words: string[]) => run('docker', ['compose', '-p', 'hangar-bench', ...words], { cwd, env })
  await compose('build')
  const times: number[] = []
  for (let n = 0; n < 5; n++) {
    const start = performance.now()
    await compose('up', '-d', '--wait')
    times.push((performance.now() - start) / 1000)
    await compose('down', '-v')
  }
  return [{ what: 'compose: up --wait with images built, median of 5', value: median(times), unit: 's', aim: '5' }]
}
