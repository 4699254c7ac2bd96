import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { addressText } from '@hangar/example-loader/address-text'
import type { Figures } from './figures.ts'
import { gateways, PREFIXES, theTable } from './prefixes.ts'
import { cpuOfEach, environment, settledMemory } from './processes.ts'

/** BIRD 2, which reads the table as static routes from a file. It has no kernel protocol here, so that nothing leaves its own table. */
export class Bird {
  readonly #directory = mkdtempSync(join(tmpdir(), 'hangar-bird-'))
  readonly #socket = join(this.#directory, 'bird.ctl')
  readonly #empty = this.#configuration('empty', [])
  readonly #full: string

  constructor() {
    const table = theTable()
    // The gateway is taken as reachable over the loopback interface, so that every route is there, as in a router.
    const routes = Array.from(
      { length: table.count },
      (_, route) =>
        `route ${addressText(table, route)}/${table.lengths[route]} via ${gateways[table.nextHops[route]!]}%lo onlink;`,
    )
    this.#full = this.#configuration('full', routes)
  }

  /** From `configure` to all routes in the table. */
  async round(figures: Figures): Promise<void> {
    const child = spawn('bird', ['-f', '-c', this.#empty, '-s', this.#socket], { env: environment, stdio: 'ignore' })
    const exit = once(child, 'exit')
    const pid = child.pid!
    try {
      while (this.#count() !== 0) await new Promise(resolve => setTimeout(resolve, 20))
      const idle = await settledMemory([pid])
      const cpu = await cpuOfEach([pid], PREFIXES, async () => {
        const begin = performance.now()
        this.#control(`configure "${this.#full}"`)
        while (this.#count() !== PREFIXES) await new Promise(resolve => setTimeout(resolve, 20))
        figures.add('bird load', PREFIXES / ((performance.now() - begin) / 1000))
      })
      figures.add('bird load cpu', cpu)
      figures.add('bird memory', ((await settledMemory([pid])) - idle) / PREFIXES)
    } finally {
      child.kill()
      await exit
    }
  }

  remove(): void {
    rmSync(this.#directory, { recursive: true })
  }

  #configuration(name: string, routes: readonly string[]): string {
    const file = join(this.#directory, `${name}.conf`)
    const lines = ['router id 10.0.0.254;', 'protocol device {}', 'protocol static {', 'ipv4;', ...routes, '}', '']
    writeFileSync(file, lines.join('\n'))
    return file
  }

  #count(): number | undefined {
    const count = /^Total: (\d+) of/m.exec(this.#control('show route count') ?? '')?.[1]
    return count === undefined ? undefined : Number(count)
  }

  #control(command: string): string | undefined {
    try {
      return execFileSync('birdc', ['-s', this.#socket, command], { env: environment, encoding: 'utf8', stdio: 'pipe' })
    } catch {
      return undefined // it does not listen yet
    }
  }
}
