import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestDevice } from '../device.ts'
import { end, freePorts, hangar, portFlags, up } from './hangar.ts'

/** Runs `hangar up` on free ports in a directory of its own. */
export async function startProcess(): Promise<TestDevice> {
  const directory = mkdtempSync(join(tmpdir(), 'hangar-e2e-'))
  const flags = portFlags(await freePorts())
  let running = await up(directory, flags)
  return {
    way: 'process',
    cli: [process.execPath, hangar, 'cli', '--dir', join(directory, 'device')],
    get endpoints() {
      return running.ready
    },
    get pid() {
      return running.ready.pid
    },
    async restart() {
      await end(running.child)
      running = await up(directory, flags)
    },
    async stop() {
      await end(running.child)
      rmSync(directory, { recursive: true, force: true })
    },
  }
}
