import { parseAddress, parsePrefix } from '@hangar/inet'
import type { Afts_NextHop, Afts_NextHopGroupKey, Afts_NextHopKey } from '@hangar/protocol/gribi_aft_pb'
import type { RouteSource } from '../rib/attributes.ts'
import type { Gateway, LabelStep, NextHopSpec } from '../rib/next-hop.ts'
import { deleteRoute, putRoute } from '../rib/put-route.ts'
import type { Rib } from '../rib/rib.ts'
import type { RoutingTable } from '../rib/routing-table.ts'
import { type Words, wordsOf } from '../rib/words.ts'
import { MASTER } from '../routing-names.ts'
import type { AftListener } from './aft.ts'
import type { AftEntry } from './aft-entry.ts'

/** gRIBI's name of the main instance. */
export const DEFAULT_INSTANCE = 'DEFAULT'

/** Groups stand by behind each other, each with a higher weight than the one before. */
const BACKUP = 0x8001

export function tableOf(rib: Rib, kind: AftEntry['kind'], instance: string): RoutingTable | undefined {
  const family = { ipv4: 'inet', ipv6: 'inet6', mpls: 'mpls', nextHop: 'inet', nextHopGroup: 'inet' }[kind]
  return rib.table(instance === DEFAULT_INSTANCE ? `${family}.0` : `${instance}.${family}.0`)
}

/** Makes destinations of the abstract table into routes of ours. Their source has no client that purging would find: they stay as long as gRIBI says. */
export function programRoutes(rib: Rib): AftListener {
  const source = (): RouteSource => rib.attributes.source('gRIBI', '')
  return {
    program(entry) {
      const table = tableOf(rib, entry.kind, entry.instance)
      if (!table) return `${entry.instance} has no table for ${entry.kind}`
      const group = entry.refs[0]!
      const gateways = gatewaysOf(group, rib)
      if (typeof gateways === 'string') return gateways
      const [only] = gateways
      const nextHop: NextHopSpec =
        gateways.length === 1 && only!.table !== undefined
          ? { kind: 'table', table: only!.table }
          : { kind: 'gateways', gateways }
      if (nextHop.kind === 'gateways' && gateways.some(one => one.table !== undefined))
        return 'a next hop in another network instance stands alone'
      putRoute(rib, table, {
        ...destinationOf(entry),
        source: source(),
        values: { preference: 5, preference2: 0 },
        nextHop,
        instance: group.instance === DEFAULT_INSTANCE ? MASTER : group.instance,
      })
      return undefined
    },
    withdraw(entry) {
      const table = tableOf(rib, entry.kind, entry.instance)
      if (table) deleteRoute(table, { ...destinationOf(entry), source: source() })
    },
  }
}

export function destinationOf({ kind, key }: AftEntry): { words: Words; length: number } {
  if (kind === 'mpls') return { words: [Number(key), 0, 0, 0], length: 20 }
  const { address, length } = parsePrefix(key)!
  return { words: wordsOf(address), length }
}

function gatewaysOf(group: AftEntry, rib: Rib, depth = 0): Gateway[] | string {
  const { nextHopGroup } = group.message.value as Afts_NextHopGroupKey
  const gateways: Gateway[] = []
  for (const ref of group.refs) {
    if (ref.kind === 'nextHopGroup') {
      const backups = gatewaysOf(ref, rib, depth + 1)
      if (typeof backups === 'string') return backups
      gateways.push(...backups)
      continue
    }
    const member = nextHopGroup!.nextHop.find(({ index }) => String(index) === ref.key)
    const gateway = gatewayOf(ref, Number(member?.nextHop?.weight?.value ?? 0n), rib)
    if (typeof gateway === 'string') return gateway
    gateways.push(depth === 0 ? gateway : { ...gateway, weight: BACKUP - 1 + depth })
  }
  // Shares count among all or among none.
  const weighted = gateways.every(one => one.bandwidth)
  return weighted ? gateways : gateways.map(one => ({ ...one, bandwidth: 0 }))
}

function gatewayOf(entry: AftEntry, share: number, rib: Rib): Gateway | string {
  const { index, nextHop } = entry.message.value as Afts_NextHopKey
  const hop = nextHop!
  const instance = hop.networkInstance?.value
  if (instance !== undefined && !hop.ipAddress) {
    const table = tableOf(rib, 'ipv4', instance)
    return table ? { resolve: 'recursive', table: table.id } : `next hop ${index}: no network instance ${instance}`
  }
  const address = hop.ipAddress ? parseAddress(hop.ipAddress.value) : undefined
  if (hop.ipAddress && !address) return `next hop ${index}: not an address`
  const name = hop.interfaceRef?.interface?.value
  const ifl = name === undefined ? undefined : `${name}.${hop.interfaceRef?.subinterface?.value ?? 0n}`
  if (!address && !ifl) return `next hop ${index} leads nowhere`
  const labels = labelsOf(hop)
  if (typeof labels === 'string') return `next hop ${index}: ${labels}`
  return { address, interface: ifl, resolve: 'recursive', labels, bandwidth: share }
}

/** Labels to push, outermost first. Names of labels are numbers plus one; the implicit null and "no label" push nothing. */
function labelsOf(hop: Afts_NextHop): LabelStep[] | string {
  const steps: LabelStep[] = []
  for (const one of hop.pushedMplsLabelStack) {
    const named =
      one.pushedMplsLabelStackPushedmplslabelstack || one.pushedMplsLabelStackOpenconfigmplstypesmplslabelenum
    const label = named ? named - 1 : Number(one.pushedMplsLabelStackUint64)
    if (label === 3 || label === 8) continue
    if (label >= 2 ** 20) return `no label ${label}`
    steps.push({ operation: 'push', label })
  }
  return steps
}
