import { interfaces } from './interfaces.ts'
import type { SchemaNode } from './node.ts'
import { policyOptions } from './policy-options.ts'
import { protocols } from './protocols.ts'
import { routingInstances } from './routing-instances.ts'
import { routingOptions } from './routing-options.ts'
import { security } from './security.ts'
import { system } from './system.ts'

/** The top-level hierarchies in the order in which the router shows them; groups hold the same. */
export function hierarchies(): readonly SchemaNode[] {
  return [system, security, interfaces, policyOptions, routingInstances, routingOptions, protocols]
}
