import type { RoutingSocketEvent } from '@hangar/protocol/hangar/kernel/v1/kernel_pb'
import { RoutingSocketEvent_Operation as Operation } from '@hangar/protocol/hangar/kernel/v1/kernel_pb'
import { type DeviceEvent, topicOf } from './device-event.ts'
import { type EventValue, eventJson } from './event-json.ts'
import { eventTime } from './event-time.ts'

const operations: Partial<Record<Operation, string>> = {
  [Operation.ADD]: 'add',
  [Operation.CHANGE]: 'change',
  [Operation.DELETE]: 'delete',
}

const style = { escapeSlashes: false, tight: new Set<string>() }

interface Described {
  object: string
  /** Topic levels after the operation. */
  levels: readonly string[]
  attributes: readonly (readonly [string, EventValue])[]
}

/** A routing-socket event; undefined for one of a kind that notifications do not have. */
export function kernelEvent(event: RoutingSocketEvent): DeviceEvent | undefined {
  const operation = operations[event.operation]
  const described = describe(event.object)
  if (!operation || !described) return undefined
  const { object, levels, attributes } = described
  return {
    topic: topicOf('kernel/interfaces', object, operation, ...levels),
    render: hostname =>
      eventJson(
        [
          ['event-id', `KERNEL_EVENT_${object.toUpperCase()}_${operation.toUpperCase()}`],
          ['hostname', hostname],
          ['time', eventTime(Number(event.timeMs))],
          ['severity', 'INFO'],
          ['facility', 'KERNEL'],
        ],
        attributes,
        style,
      ),
  }
}

/** `name` is the ifd's and `subunit` a number of its own; topics name the ifl, `<ifd>.<subunit>`. */
function describe(object: RoutingSocketEvent['object']): Described | undefined {
  switch (object.case) {
    case 'ifd': {
      const { name, snmpId, flags } = object.value
      return {
        object: 'ifd',
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
        object: 'ifl',
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
        object: 'iff',
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
        object: 'ifa',
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
    default:
      return undefined
  }
}
