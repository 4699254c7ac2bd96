import type { Rib } from '../rib/rib.ts'
import type { TableFamily } from '../rib/routing-table.ts'
import { MASTER } from '../routing-names.ts'

/** Programmed routes of one client in one table. Nothing copies routes between tables, so that all are primary ones. */
export interface SummaryEntry {
  readonly table: string
  readonly primary: number
  readonly secondary: number
}

export interface SummaryQuery {
  /** Undefined: every family. */
  readonly family?: TableFamily | undefined
  /** '' is all instances, "master" the main one. */
  readonly instance: string
  /** Undefined: all clients. */
  readonly client?: string | undefined
}

/** By client id, then by protocol as the CLI writes it ("Static", "Bgp-Static"), the tables that hold routes of it. */
export type RouteSummary = Map<string, Map<string, SummaryEntry[]>>

/** Whether there is an instance of that name: one that has tables. */
export function instanceExists(rib: Rib, instance: string): boolean {
  return instance === MASTER || [...rib.tables()].some(table => table.instance === instance)
}

/** Counts programmed routes. One pass over the rows: about 10 ms for a million. */
export function routeSummary(rib: Rib, query: SummaryQuery): RouteSummary {
  const summary: RouteSummary = new Map()
  for (const table of rib.tables()) {
    if (query.family !== undefined && familyOf(table.name, table.family) !== query.family) continue
    if (query.instance !== '' && table.instance !== query.instance) continue
    const counts = new Map<number, number>()
    for (let row = 0; row < table.rows.end; row++) {
      if (!table.isLive(row)) continue
      const attributes = table.rows.attributes(row)
      counts.set(attributes, (counts.get(attributes) ?? 0) + 1)
    }
    const bySource = new Map<string, Map<string, number>>()
    for (const [id, count] of counts) {
      const { client, protocol } = rib.attributes.at(id).source
      if (client === undefined || (query.client !== undefined && client !== query.client)) continue
      const ofClient = bySource.get(client) ?? new Map<string, number>()
      ofClient.set(protocol, (ofClient.get(protocol) ?? 0) + count)
      bySource.set(client, ofClient)
    }
    for (const [client, protocols] of bySource)
      for (const [protocol, primary] of protocols) {
        const ofClient = summary.get(client) ?? new Map<string, SummaryEntry[]>()
        const name = protocol === 'BGP-Static' ? 'Bgp-Static' : protocol
        ofClient.set(name, [...(ofClient.get(name) ?? []), { table: table.name, primary, secondary: 0 }])
        summary.set(client, ofClient)
      }
  }
  return summary
}

/** Tables of VPNs, flow specifications and segment-routing policies count for the family of what they carry. */
function familyOf(name: string, family: TableFamily): TableFamily {
  if (family !== 'other') return family
  return /inet6/.test(name) ? 'inet6' : 'inet'
}
