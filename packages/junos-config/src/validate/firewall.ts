import { quote } from '../statement/words.ts'
import type { Branch } from '../tree/node.ts'
import type { Step } from '../tree/path.ts'
import type { ConfigView } from '../tree/view.ts'
import { semantic, step } from './place.ts'
import type { Problem } from './problem.ts'

/** Interfaces that name no IPv4 filter: whatever becomes of the filters, there is nothing to say about them. */
const without = new WeakSet<Branch>()

/** IPv4 filters may stand under `family inet` or right under `firewall`, so the schema alone cannot say where a name is to be found. */
export function checkFilters(config: ConfigView): Problem[] {
  const firewall = config.at('firewall')
  const isThere = (name: string) => [firewall, firewall.at('family', 'inet')].some(at => at.at('filter', name).exists)
  const problems: Problem[] = []
  const interfaces = config.at('interfaces')
  for (const device of interfaces.list('interface')) {
    if (without.has(device.branch!)) continue
    let named = 0
    for (const unit of device.list('unit')) {
      const inet = unit.at('family', 'inet')
      const filter = inet.at('filter')
      const path = () => [step(interfaces), step(device), step(unit), step(unit.at('family')), step(inet)]
      for (const [way, name] of namesOf(filter)) {
        named++
        if (!isThere(name)) problems.push(undefinedFilter([...path(), step(filter)], way, name))
      }
    }
    if (named === 0) without.add(device.branch!)
  }
  return problems
}

function* namesOf(filter: ConfigView): Iterable<[string, string]> {
  for (const way of ['input', 'output']) {
    const name = filter.at(way).leaf('filter-name')
    if (name !== undefined) yield [way, name]
  }
  for (const way of ['input-list', 'output-list']) for (const name of filter.values(way)) yield [way, name]
}

function undefinedFilter(path: readonly Step[], way: string, name: string): Problem {
  return semantic(path, `${way} ${quote(name)}`, `Referenced filter '${name}' is not defined`)
}
