import { emptyRoot, loadSet, viewOf } from '@hangar/junos-config'
import { ManualClock, silentLogger } from '@hangar/runtime'
import { checkConfiguration } from '../configuration/check.ts'
import { applyConfiguration } from '../configuration/configuration.ts'
import { Routing } from '../routing.ts'
import { FakeKernel } from './kernel.ts'
import { port, type UnitOptions } from './ports.ts'
import { routeLines } from './route-lines.ts'

/** rpd's inside with interfaces and a configuration: what the kernel and mgd say is said by the test. */
export async function configuredRouting() {
  const kernel = new FakeKernel()
  const clock = new ManualClock()
  const routing = new Routing({ clock, log: silentLogger, kernel: kernel.client, incarnation: 'rpd-1' })
  routing.forwarding.kernelUp('kernel-1')
  routing.forwarding.tablesComplete()
  let root = emptyRoot

  /** Lines of set commands, each without its "set"; or with "delete". */
  const load = (...lines: string[]) => {
    const text = lines.map(line => (line.startsWith('delete ') ? line : `set ${line}`)).join('\n')
    const { root: next, errors } = loadSet(root, text)
    if (errors[0]) throw new Error(`${errors[0].token}: ${errors[0].message}`)
    return next
  }
  return {
    routing,
    kernel,
    clock,
    /** What the check says of a candidate, as "path element: message". */
    check: (...lines: string[]) =>
      [...checkConfiguration(viewOf(load(...lines)))].map(
        ({ path, element, message }) => `[${path.join(' ')}] ${element}: ${message}`,
      ),
    async commit(...lines: string[]) {
      const next = load(...lines)
      await applyConfiguration(routing, viewOf(next), viewOf(root))
      root = next
    },
    /** What is on a port now. */
    port: (name: string, units: Readonly<Record<number, UnitOptions>>) =>
      routing.interfaces.update([[name, port(name, units)]]),
    lines: (table = 'inet.0') => routeLines(routing.rib, table),
    /** The static routes of a table alone. */
    statics: (table = 'inet.0') => routeLines(routing.rib, table).filter(line => line.includes('Static')),
  }
}
