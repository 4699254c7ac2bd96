import {
  RoutingSocketEvent_Operation as Operation,
  type PhysicalInterface,
  type RoutingSocketEvent,
} from '@hangar/protocol/hangar/kernel/v1/kernel_pb'
import { type Report, reportIfa, reportIfd, reportIff, reportIfl } from '../routing-socket.ts'

/** A table that knows nothing but what events say, and refuses what cannot be: a child without its parent, an add of what is there. */
export class Mirror {
  readonly objects = new Map<string, unknown>()

  take(event: RoutingSocketEvent): void {
    const { key, parent } = place(event)
    const known = this.objects.has(key)
    if (known === (event.operation === Operation.ADD)) throw new Error(`${Operation[event.operation]} of ${key}`)
    if (parent !== '' && !this.objects.has(parent)) throw new Error(`${key} without ${parent}`)
    if (event.operation !== Operation.DELETE) this.objects.set(key, event.object.value)
    else {
      const child = [...this.objects.keys()].find(one => one.startsWith(`${key} `))
      if (child) throw new Error(`${key} goes before ${child}`)
      this.objects.delete(key)
    }
  }
}

/** What a mirror of the table holds. */
export function mirrorOf(interfaces: Iterable<PhysicalInterface>): Map<string, unknown> {
  const reports: Report[] = []
  for (const ifd of interfaces) {
    reports.push(reportIfd(Operation.ADD, ifd))
    for (const ifl of ifd.units) {
      reports.push(reportIfl(Operation.ADD, ifd.name, ifl))
      for (const iff of ifl.families) {
        reports.push(reportIff(Operation.ADD, ifd.name, ifl.unit, iff))
        for (const ifa of iff.addresses) reports.push(reportIfa(Operation.ADD, ifd.name, ifl.unit, iff.family, ifa))
      }
    }
  }
  return new Map(reports.map(report => [place(report).key, report.object.value]))
}

/** Where the object hangs: its key is its parent's and a word more. */
function place({ object }: Pick<RoutingSocketEvent, 'object'>): { key: string; parent: string } {
  if (object.case === undefined || object.case === 'routes' || object.case === 'routeTable') {
    throw new Error(`an event of ${object.case ?? 'nothing'}`)
  }
  const path: (string | number)[] = [object.value.name]
  if (object.case !== 'ifd') path.push(object.value.subunit)
  if (object.case === 'iff' || object.case === 'ifa') path.push(object.value.family)
  if (object.case === 'ifa') path.push(object.value.localAddress)
  return { key: path.join(' '), parent: path.slice(0, -1).join(' ') }
}
