import type { PhysicalInterface } from '@hangar/protocol/hangar/kernel/v1/kernel_pb'

/** Names for completion: each port, then its units, with their descriptions. */
export function* interfaceNames(interfaces: Iterable<PhysicalInterface>): Iterable<{ name: string; help: string }> {
  for (const ifd of interfaces) {
    yield { name: ifd.name, help: ifd.description }
    for (const ifl of ifd.units) yield { name: `${ifd.name}.${ifl.unit}`, help: ifl.description }
  }
}
