import { access } from './access.ts'
import { applications } from './applications.ts'
import { chassis } from './chassis.ts'
import { classOfService } from './class-of-service.ts'
import { eventOptions } from './event-options.ts'
import { firewall } from './firewall.ts'
import { forwardingOptions } from './forwarding-options.ts'
import { interfaces } from './interfaces.ts'
import type { SchemaNode } from './node.ts'
import { policyOptions } from './policy-options.ts'
import { protocols } from './protocols.ts'
import { routingInstances } from './routing-instances.ts'
import { routingOptions } from './routing-options.ts'
import { security } from './security.ts'
import { snmp } from './snmp.ts'
import { system } from './system.ts'
import { bridgeDomains, deviceSwitchOptions, vlans } from './vlans.ts'

/** The top-level hierarchies in the order in which the router shows them; groups hold the same. */
export function hierarchies(): readonly SchemaNode[] {
  return [
    system,
    chassis,
    security,
    interfaces,
    snmp,
    forwardingOptions,
    eventOptions,
    policyOptions,
    classOfService,
    firewall,
    access,
    routingInstances,
    routingOptions,
    applications,
    protocols,
    bridgeDomains,
    deviceSwitchOptions,
    vlans,
  ]
}
