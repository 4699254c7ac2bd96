import { type Address, formatAddress, parsePrefix } from '@hangar/inet'
import type { LogicalInterface as KernelUnit, PhysicalInterface } from '@hangar/protocol/hangar/kernel/v1/kernel_pb'
import { MASTER } from '../routing-names.ts'

/** An address of this device, and how much of it names the subnet. */
export interface OwnAddress {
  readonly address: Address
  readonly length: number
  /** What packets that leave by the interface carry by default. */
  readonly primary: boolean
}

/** A logical interface (ifl) as routing sees it. Never changes: another takes its place. */
export interface LogicalInterface {
  /** "xe-0/0/0.0" */
  readonly name: string
  readonly index: number
  /** Whether packets can leave by it now. */
  readonly up: boolean
  readonly loopback: boolean
  /** Routing instance that it belongs to; "master" is the main one. */
  readonly instance: string
  /** Bits a second; 0 for a loopback. */
  readonly bandwidth: bigint
  /** Bytes, of the port; 0: unlimited. */
  readonly mtu: number
  /** Of inet and inet6, in the order of the families, then of the kernel. */
  readonly addresses: readonly OwnAddress[]
  /** Equal for two that say the same. */
  readonly key: string
}

const isPrimary = 0x80

/** Speed of a port by its media type. */
const bandwidths: Readonly<Record<string, bigint>> = {
  fe: 100_000_000n,
  ge: 1_000_000_000n,
  em: 1_000_000_000n,
  xe: 10_000_000_000n,
  et: 100_000_000_000n,
}

/** What is on a port. `instanceOf` says which routing instance an interface belongs to. */
export function logicalInterfaces(
  port: PhysicalInterface,
  instanceOf: (name: string) => string = () => MASTER,
): LogicalInterface[] {
  return port.units.map(unit => {
    const name = `${port.name}.${unit.unit}`
    return logicalInterface({
      name,
      index: unit.index,
      up: unit.adminUp && unit.linkUp,
      loopback: port.mac === '',
      instance: instanceOf(name),
      bandwidth: bandwidths[port.name.slice(0, 2)] ?? 0n,
      mtu: port.mtu,
      addresses: ownAddresses(unit),
    })
  })
}

export function logicalInterface(values: Omit<LogicalInterface, 'key'>): LogicalInterface {
  const { name, index, up, loopback, instance, bandwidth, mtu, addresses } = values
  const texts = addresses.map(one => `${formatAddress(one.address)}/${one.length}${one.primary ? ' primary' : ''}`)
  return { ...values, key: [name, index, up, loopback, instance, bandwidth, mtu, ...texts].join('\t') }
}

function ownAddresses(unit: KernelUnit): OwnAddress[] {
  return unit.families
    .filter(({ family }) => family === 'inet' || family === 'inet6')
    .flatMap(({ addresses }) =>
      addresses.flatMap(({ address: text, flags }) => {
        const prefix = parsePrefix(text)
        return prefix ? [{ ...prefix, primary: (flags & isPrimary) !== 0 }] : []
      }),
    )
}
