import type { RoutingSocketEvent } from '@hangar/protocol/hangar/kernel/v1/kernel_pb'
import { RoutingSocketEvent_Operation as Operation } from '@hangar/protocol/hangar/kernel/v1/kernel_pb'
import { type DeviceEvent, topicOf } from './device-event.ts'
import { type EventValue, eventJson } from './event-json.ts'
import { eventTime } from './event-time.ts'

/** What topics call the operations. */
export const operationWords: Partial<Record<Operation, string>> = {
  [Operation.ADD]: 'add',
  [Operation.CHANGE]: 'change',
  [Operation.DELETE]: 'delete',
}

const style = { escapeSlashes: false, tight: new Set<string>() }

interface Described {
  /** Topic levels before the operation. */
  path: string
  /** In the event's id: "IFD". */
  object: string
  /** Topic levels after the operation. */
  levels: readonly string[]
  attributes: readonly (readonly [string, EventValue])[]
}

/** A routing-socket event; undefined for one of a kind that notifications do not have, and for routes, which come in batches. */
export function kernelEvent(event: RoutingSocketEvent): DeviceEvent | undefined {
  const operation = operationWords[event.operation]
  const described = describe(event.object)
  if (!operation || !described) return undefined
  const { path, object, levels, attributes } = described
  return {
    topic: topicOf('kernel', path, operation, ...levels),
    render: hostname => kernelEventJson(object, operation, hostname, eventTime(Number(event.timeMs)), attributes),
  }
}

/** The JSON of an event of the kernel's: `object` "IFD", `operation` "add". */
export function kernelEventJson(
  object: string,
  operation: string,
  hostname: string,
  time: string,
  attributes: readonly (readonly [string, EventValue])[],
): string {
  return eventJson(
    [
      ['event-id', `KERNEL_EVENT_${object}_${operation.toUpperCase()}`],
      ['hostname', hostname],
      ['time', time],
      ['severity', 'INFO'],
      ['facility', 'KERNEL'],
    ],
    attributes,
    style,
  )
}

/** `name` is the ifd's and `subunit` a number of its own; topics name the ifl, `<ifd>.<subunit>`. */
function describe(object: RoutingSocketEvent['object']): Described | undefined {
  switch (object.case) {
    case 'ifd': {
      const { name, snmpId, flags } = object.value
      return {
        path: 'interfaces/ifd',
        object: 'IFD',
        levels: [name],
        attributes: [
          ['name', name],
          ['snmp-id', snmpId],
          ['flags', flags],
        ],
      }
    }
    case 'ifl': {
      const { name, subunit, snmpId, flags } = object.value
      return {
        path: 'interfaces/ifl',
        object: 'IFL',
        levels: [`${name}.${subunit}`],
        attributes: [
          ['name', name],
          ['subunit', subunit],
          ['snmp-id', snmpId],
          ['flags', flags],
        ],
      }
    }
    case 'iff': {
      const { name, subunit, family, tableName, flags } = object.value
      return {
        path: 'interfaces/iff',
        object: 'IFF',
        levels: [`${name}.${subunit}`, family],
        attributes: [
          ['name', name],
          ['subunit', subunit],
          ['family', family],
          ['table-name', tableName],
          ['flags', flags],
        ],
      }
    }
    case 'ifa': {
      const { name, subunit, family, localAddress, destinationAddress, broadcastAddress } = object.value
      const { generationNumber, flags } = object.value
      return {
        path: 'interfaces/ifa',
        object: 'IFA',
        levels: [`${name}.${subunit}`, family, localAddress],
        attributes: [
          ['name', name],
          ['subunit', subunit],
          ['family', family],
          ['local-address', localAddress],
          ['destination-address', destinationAddress],
          ['broadcast-address', broadcastAddress],
          ['generation-number', Number(generationNumber)],
          ['flags', flags],
        ],
      }
    }
    case 'routeTable': {
      const { name, logicalRouterName, addressFamily, index } = object.value
      return {
        path: 'route-table',
        object: 'ROUTE_TABLE',
        levels: [name, logicalRouterName],
        attributes: [
          ['name', name],
          ['logical-router-name', logicalRouterName],
          ['address-family', addressFamily],
          ['index', index],
        ],
      }
    }
    default:
      return undefined
  }
}
