import { type RoutingSocketEvent, RoutingSocketEvent_Operation } from '@hangar/protocol/hangar/kernel/v1/kernel_pb'

/** An event as one line: "add ifa xe-0/0/0.0 inet 192.168.10.1/32 192.168.10.0/24 192.168.10.255/32 c0". Empty attributes show as "-". */
export function describeEvent({ operation, object }: RoutingSocketEvent): string {
  const words = [RoutingSocketEvent_Operation[operation].toLowerCase(), object.case ?? 'nothing']
  switch (object.case) {
    case 'ifd':
      words.push(object.value.name)
      break
    case 'ifl':
      words.push(`${object.value.name}.${object.value.subunit}`)
      break
    case 'iff': {
      const { name, subunit, family, tableName } = object.value
      words.push(`${name}.${subunit}`, family, tableName)
      break
    }
    case 'ifa': {
      const { name, subunit, family, localAddress, destinationAddress, broadcastAddress } = object.value
      words.push(`${name}.${subunit}`, family, localAddress, destinationAddress || '-', broadcastAddress || '-')
      break
    }
    default:
      return words.join(' ')
  }
  words.push(object.value.flags.toString(16))
  return words.join(' ')
}
