import { type Address, compareAddresses, formatAddress } from '@hangar/inet'
import type { Shared } from './interner.ts'

/** One label operation, outermost first. */
export interface LabelStep {
  readonly operation: 'push' | 'swap' | 'pop'
  /** 20 bits; 0 for pop. */
  readonly label: number
}

/** One of the ways of a next hop, as asked for. */
export interface Gateway {
  readonly address?: Address | undefined
  /** Logical interface: then the way is direct and follows that interface. */
  readonly interface?: string | undefined
  /** Picks the interface by one of its own addresses. */
  readonly localAddress?: Address | undefined
  /** Where nothing names the interface: whether the gateway has to be on a connected subnet, or any active route may lead to it. */
  readonly resolve: 'connected' | 'recursive'
  /** Follows its interface even where next hops by interface are told to stay. */
  readonly follows?: boolean
  readonly labels?: readonly LabelStep[]
  /** 1 to 65535, the lowest forwards; 0 is unset. */
  readonly weight?: number
  /** Share of the traffic relative to the others; 0 is unset. */
  readonly bandwidth?: number
  /** Id of a table in which the destination is looked up again. */
  readonly table?: number | undefined
  /** Name of a flexible tunnel profile, or the profile's own bytes. */
  readonly tunnel?: string | Uint8Array | undefined
}

export type NextHopSpec =
  | {
      readonly kind: 'gateways'
      readonly gateways: readonly Gateway[]
      /** What becomes of packets while no gateway can be used; absent: the route is not used then. */
      readonly otherwise?: 'reject' | undefined
    }
  /** A connected subnet; `own`: it is the device's own address alone. */
  | { readonly kind: 'interface'; readonly interface: string; readonly own?: boolean }
  /** An address of this device. */
  | { readonly kind: 'local'; readonly interface: string }
  | { readonly kind: 'table'; readonly table: number }
  | { readonly kind: 'discard' | 'reject' | 'receive' }

/** A way that packets take now. */
export interface Leg {
  readonly gateway: Address | undefined
  readonly interface: string
  readonly labels: readonly LabelStep[]
  readonly weight: number
  /** Percent of the load; 0 is equal shares. */
  readonly balance: number
  /** Index of the gateway in the spec that it comes from. */
  readonly from: number
}

/** A next hop that many routes share. What was asked for never changes; where it leads is the resolver's to say. */
export class NextHop implements Shared {
  id: number
  serial = 0
  uses = 0
  readonly key: string
  /** Routing instance in whose tables gateways are looked up. */
  readonly instance: string
  readonly spec: NextHopSpec
  /** Whether routes with it may become active. */
  usable = false
  legs: readonly Leg[] = []
  /** Where packets end when they take no leg: what a route without a way out of the device does, its own or one that it rests on. */
  sink: 'discard' | 'reject' | 'receive' | 'table' | undefined
  /** Metric of the routes that it rests on: metric2 of those that use it. */
  metric2 = 0
  /** What it rests on: it is resolved again when one of these leads elsewhere. */
  via: readonly NextHop[] = []

  constructor(id: number, key: string, instance: string, spec: NextHopSpec) {
    this.id = id
    this.key = key
    this.instance = instance
    this.spec = spec
  }

  /** Whether any gateway has to be found by other routes. */
  get indirect(): boolean {
    return (
      this.spec.kind === 'gateways' &&
      this.spec.gateways.some(one => one.interface === undefined && !one.localAddress && one.resolve === 'recursive')
    )
  }
}

export function nextHopKey(instance: string, spec: NextHopSpec): string {
  switch (spec.kind) {
    case 'gateways':
      return `${instance}\tgateways${spec.otherwise ? ` or ${spec.otherwise}` : ''}\t${spec.gateways.map(gatewayKey).join('\n')}`
    case 'interface':
      return `${instance}\t${spec.own ? 'own' : spec.kind}\t${spec.interface}`
    case 'local':
      return `${instance}\t${spec.kind}\t${spec.interface}`
    case 'table':
      return `${instance}\ttable\t${spec.table}`
    default:
      return `${instance}\t${spec.kind}`
  }
}

function gatewayKey(one: Gateway): string {
  const text = (address: Address | undefined) => (address ? formatAddress(address) : '')
  const labels = one.labels?.map(step => `${step.operation} ${step.label}`).join() ?? ''
  const tunnel =
    one.tunnel instanceof Uint8Array ? `\0${Buffer.from(one.tunnel).toString('base64')}` : (one.tunnel ?? '')
  return [
    text(one.address),
    one.interface ?? '',
    text(one.localAddress),
    one.resolve,
    labels,
    one.weight ?? 0,
    one.bandwidth ?? 0,
    one.table ?? '',
    tunnel,
    one.follows ? 'follows' : '',
  ].join('\t')
}

/** The gateway by which two next hops are told apart in the choice of a route: the lowest. */
export function firstGateway(nextHop: NextHop): Address | undefined {
  if (nextHop.spec.kind !== 'gateways') return undefined
  let first: Address | undefined
  for (const { address } of nextHop.spec.gateways)
    if (address && (!first || compareAddresses(address, first) < 0)) first = address
  return first
}
