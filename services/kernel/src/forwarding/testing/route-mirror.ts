import {
  RoutingSocketEvent_Operation as Operation,
  type RouteEvents,
  type RoutingSocketEvent,
} from '@hangar/protocol/hangar/kernel/v1/kernel_pb'
import { words } from '../columns.ts'
import { addressText } from '../destination-text.ts'

/** Tables that know nothing but what events say, and refuse what cannot be: an add of what is there, a change of what is not. */
export class RouteMirror {
  /** By table, by destination: the gateways that events told of. */
  readonly tables = new Map<string, Map<string, string>>()
  /** Every event as a line: "add inet.0 10.0.0.0/8 user 192.0.2.1". */
  readonly lines: string[] = []

  take({ operation, object }: RoutingSocketEvent): void {
    if (object.case === 'routeTable') this.#takeTable(operation, object.value.name)
    else if (object.case === 'routes') this.#takeRoutes(object.value)
  }

  #takeTable(operation: Operation, name: string): void {
    this.lines.push(`${Operation[operation].toLowerCase()} table ${name}`)
    const table = this.tables.get(name)
    if (!table === (operation === Operation.DELETE)) throw new Error(this.lines.at(-1))
    if (operation === Operation.ADD) this.tables.set(name, new Map())
    else {
      if (table!.size > 0) throw new Error(`${name} goes with routes in it`)
      this.tables.delete(name)
    }
  }

  #takeRoutes({ tableName, addressFamily, operations, addresses, lengths, nextHops, ways }: RouteEvents): void {
    const table = this.tables.get(tableName)
    if (!table) throw new Error(`routes of ${tableName}, which is not there`)
    const [addressColumn, wayColumn] = [words(addresses), words(nextHops)]
    if (operations.length === 0) throw new Error('an event of nothing')
    operations.forEach((operation, i) => {
      const destination = `${addressText(addressFamily, addressColumn, i)}/${lengths[i]}`
      const { routeType, nextHopAddresses } = ways[wayColumn[i]!]!
      const way = [routeType, ...nextHopAddresses].join(' ')
      this.lines.push(`${Operation[operation]!.toLowerCase()} ${tableName} ${destination} ${way}`)
      if (table.has(destination) === (operation === Operation.ADD)) throw new Error(this.lines.at(-1))
      if (operation === Operation.DELETE) table.delete(destination)
      else table.set(destination, way)
    })
  }
}
