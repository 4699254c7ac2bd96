import { type DaemonHost, product } from '@hangar/daemon'
import type { Routing } from '../routing.ts'
import { showProgrammableClients, showProgrammableRouteSummary } from './show-programmable-rpd.ts'
import { showRoute, tableNames } from './show-route.ts'
import { type InstanceFacts, showRouteInstance } from './show-route-instance.ts'
import { type RouterIdentity, showRouteSummary } from './show-route-summary.ts'

/** The commands that rpd contributes, and the names that complete their words. */
export function contributeCommands(
  host: DaemonHost,
  { rib, clients }: Routing,
  facts: { identity(): RouterIdentity; instances(): readonly InstanceFacts[] },
): void {
  const { release } = product
  host.command(showRoute({ rib, release }))
  host.command(showRouteSummary({ rib, release, identity: facts.identity }))
  host.command(showRouteInstance({ rib, release, instances: facts.instances }))
  host.command(showProgrammableClients({ clients, rib, release }))
  host.command(showProgrammableRouteSummary({ clients, rib, release }))
  host.completion('routing-table', () => tableNames(rib))
  host.completion('routing-instance', () => facts.instances().map(({ name }) => ({ name })))
  host.completion('routing-client', () => [...clients].map(({ id }) => ({ name: id })))
}
