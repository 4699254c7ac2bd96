import { create } from '@bufbuild/protobuf'
import { type PhysicalInterface, PhysicalInterfaceSchema } from '@hangar/protocol/hangar/kernel/v1/kernel_pb'

export interface UnitOptions {
  readonly index: number
  readonly addresses?: readonly string[]
  readonly up?: boolean
}

/** A port as the kernel reports it, by its units' numbers. */
export function port(name: string, units: Readonly<Record<number, UnitOptions>>): PhysicalInterface {
  const family = (one: 'inet' | 'inet6', addresses: readonly string[]) => ({
    family: one,
    table: `${one}.0`,
    addresses: addresses.map((address, i) => ({ address, flags: i === 0 ? 0xc0 : 0 })),
  })
  return create(PhysicalInterfaceSchema, {
    name,
    mac: name === 'lo0' ? '' : '02:05:86:71:00:03',
    mtu: name === 'lo0' ? 0 : 1514,
    adminUp: true,
    linkUp: true,
    units: Object.entries(units).map(([unit, { index, addresses = [], up = true }]) => ({
      unit: Number(unit),
      index,
      adminUp: true,
      linkUp: up,
      families: [
        family(
          'inet',
          addresses.filter(one => !one.includes(':')),
        ),
        family(
          'inet6',
          addresses.filter(one => one.includes(':')),
        ),
      ],
    })),
  })
}
