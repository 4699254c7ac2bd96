import { inherit } from '../inherit.ts'
import type { Branch } from '../tree/node.ts'
import { viewOf } from '../tree/tree.ts'
import { checkFilters } from './firewall.ts'
import { checkSchema } from './generic.ts'
import { checkGroups } from './groups.ts'
import { checkInstances } from './instances.ts'
import { checkInterfaces } from './interfaces.ts'
import { checkPolicies } from './policies.ts'
import { isPlaceless, type Problem } from './problem.ts'
import { checkProtocols } from './protocols.ts'
import { checkStaticRoutes } from './static-routes.ts'
import { checkVlans } from './vlans.ts'

/** What commit finds wrong with a candidate before any daemon is asked. Empty when it may go on. */
export function validate(candidate: Branch): Problem[] {
  const effective = inherit(candidate)
  const config = viewOf(effective)
  return withoutRepetition([
    ...checkGroups(candidate),
    ...checkSchema(effective),
    ...checkInterfaces(config),
    ...checkVlans(config),
    ...checkFilters(config),
    ...checkPolicies(config),
    ...checkInstances(config),
    ...checkStaticRoutes(config),
    ...checkProtocols(config),
  ])
}

/** What is said without a place is said once. */
function withoutRepetition(problems: readonly Problem[]): Problem[] {
  const said = new Set<string>()
  return problems.filter(problem => {
    if (!isPlaceless(problem)) return true
    if (said.has(problem.message)) return false
    said.add(problem.message)
    return true
  })
}
