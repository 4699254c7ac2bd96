import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** With the folders in which Debian keeps what administrators run. */
export const environment = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/usr/local/sbin` }

export function isInstalled(program: string): boolean {
  return spawnSync(program, ['--version'], { env: environment, stdio: 'ignore' }).status === 0
}

/** Bytes of memory that the processes hold (RSS), once they have stopped giving back: looked at until 3 s brought nothing less. */
export async function settledMemory(pids: readonly number[], poke: () => unknown = () => {}): Promise<number> {
  let least = Number.POSITIVE_INFINITY
  for (let unchanged = 0; unchanged < 6; unchanged++) {
    await poke()
    const now = pids.reduce((sum, pid) => sum + memoryOf(pid), 0)
    if (now < least * 0.99) unchanged = 0
    least = Math.min(least, now)
    await new Promise(resolve => setTimeout(resolve, 500))
  }
  return least
}

function memoryOf(pid: number): number {
  return 1024 * Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1])
}

/** Seconds of CPU that the processes have used. */
function cpuOf(pids: readonly number[]): number {
  const ticks = pids.map(pid => {
    // What stands before the last bracket is the name, which may hold spaces; utime and stime are fields 14 and 15 of proc(5).
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ')
    return Number(fields[11]) + Number(fields[12])
  })
  return ticks.reduce((sum, one) => sum + one, 0) / 100
}

/** Microseconds of CPU that the processes use for each of `count` things that `work` does. */
export async function cpuOfEach(pids: readonly number[], count: number, work: () => Promise<void>): Promise<number> {
  const before = cpuOf(pids)
  await work()
  return ((cpuOf(pids) - before) / count) * 1e6
}
