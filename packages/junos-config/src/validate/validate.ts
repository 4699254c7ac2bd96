import { inherit } from '../inherit.ts'
import type { Branch } from '../tree/node.ts'
import { viewOf } from '../tree/tree.ts'
import { checkSchema } from './generic.ts'
import { checkGroups } from './groups.ts'
import { checkInterfaces } from './interfaces.ts'
import type { Problem } from './problem.ts'
import { checkRouting } from './routing.ts'

/** What commit finds wrong with a candidate before any daemon is asked. Empty when it may go on. */
export function validate(candidate: Branch): Problem[] {
  const effective = inherit(candidate)
  const config = viewOf(effective)
  return [...checkGroups(candidate), ...checkSchema(effective), ...checkInterfaces(config), ...checkRouting(config)]
}
