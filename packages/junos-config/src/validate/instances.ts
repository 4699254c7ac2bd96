import type { Step } from '../tree/path.ts'
import type { ConfigView } from '../tree/view.ts'
import { semantic, step } from './place.ts'
import type { Problem } from './problem.ts'
import { instanceOf } from './static-routes.ts'

/** What rpd's check demands of routing instances. */
export function checkInstances(config: ConfigView): Problem[] {
  const instances = config.at('routing-instances')
  const owners = new Map<string, string>()
  const numbered = config.at('routing-options').has('route-distinguisher-id')
  return instances.list().flatMap(instance => {
    const path = [step(instances), step(instance)]
    return [
      ...checkInterfaces(instance, path, owners),
      ...checkTables(instance, path),
      ...(instance.leaf('instance-type') === 'vrf' ? checkVrf(instance, path, numbered) : []),
    ]
  })
}

/** An interface belongs to one instance. */
function checkInterfaces(instance: ConfigView, path: readonly Step[], owners: Map<string, string>): Problem[] {
  return instance.list('interface').flatMap(({ key }) => {
    // Without a unit the first is meant.
    const name = key.includes('.') ? key : `${key}.0`
    const owner = owners.get(name)
    owners.set(name, owner ?? instance.key)
    if (owner === undefined) return []
    return [
      semantic(path, `interface ${key}`, `RT Instance: Interface ${name} already configured under instance ${owner}`),
    ]
  })
}

function checkTables(instance: ConfigView, path: readonly Step[]): Problem[] {
  const options = instance.at('routing-options')
  return options.list('rib').flatMap(({ key }) => {
    if (instanceOf(key) === instance.key) return []
    return [semantic([...path, step(options)], `rib ${key}`, `not a table of routing instance '${instance.key}'`)]
  })
}

function checkVrf(instance: ConfigView, path: readonly Step[], numbered: boolean): Problem[] {
  const problems: Problem[] = []
  const refuse = (message: string) => problems.push(semantic(path, 'instance-type vrf', message))
  if (!instance.has('route-distinguisher') && !numbered) {
    refuse('route-distinguisher must be configured for an instance of type vrf')
  }
  if (!instance.has('vrf-target') && !(instance.has('vrf-import') && instance.has('vrf-export'))) {
    refuse('vrf-target, or vrf-import and vrf-export, must be configured for an instance of type vrf')
  }
  return problems
}
