import { hasHostBits, parsePrefix } from '@hangar/inet'
import type { AFTOperation } from '@hangar/protocol/gribi_service_pb'

export type AftKind = 'ipv4' | 'ipv6' | 'mpls' | 'nextHopGroup' | 'nextHop'

/** An entry of the abstract forwarding table: a destination, a group of next hops, or a next hop. */
export interface AftEntry {
  readonly kind: AftKind
  /** Network instance as the client names it: "DEFAULT" is the main one. */
  readonly instance: string
  /** Prefix, label, or number, as text. */
  readonly key: string
  /** What the client sent, to be given back. */
  message: AFTOperation['entry']
  /** Clients that want it: in a session of all primaries it stays until the last one deletes it. */
  readonly owners: Set<string>
  /** What it refers to, and what refers to it. */
  refs: readonly AftEntry[]
  readonly dependents: Set<AftEntry>
}

/** Where an operation's entry points: kinds and keys, in the order of the message. */
export interface AftReference {
  readonly kind: AftKind
  readonly instance: string
  readonly key: string
}

/** An operation's entry, read and checked by itself. */
export interface ReadEntry {
  readonly kind: AftKind
  readonly key: string
  readonly refs: readonly AftReference[]
}

const LABELS = 2n ** 20n

/** What an operation is about. Returns text that says what is wrong. */
export function readEntry({ entry, networkInstance }: AFTOperation, deleting: boolean): ReadEntry | string {
  switch (entry.case) {
    case 'ipv4':
    case 'ipv6': {
      const { prefix: text } = entry.value
      const prefix = text.length > 64 ? undefined : parsePrefix(text)
      const family = entry.case === 'ipv4' ? 'inet' : 'inet6'
      if (prefix?.address.family !== family || !text.includes('/')) return `${entry.case} entry: not a prefix`
      if (hasHostBits(prefix)) return `${text}: bits beyond the prefix length`
      const body = entry.case === 'ipv4' ? entry.value.ipv4Entry : entry.value.ipv6Entry
      return destination(entry.case, text, body, networkInstance, deleting)
    }
    case 'mpls': {
      const { label } = entry.value
      // Numbers of labels with names are the label plus one.
      const number = label.case === 'labelUint64' ? label.value : label.case ? BigInt(label.value) - 1n : -1n
      if (number < 0n || number >= LABELS) return `no label ${number}`
      return destination('mpls', String(number), entry.value.labelEntry, networkInstance, deleting)
    }
    case 'nextHopGroup': {
      const { id, nextHopGroup: group } = entry.value
      if (id === 0n) return 'a next-hop group needs an id other than 0'
      if (deleting) return { kind: 'nextHopGroup', key: String(id), refs: [] }
      if (!group || group.nextHop.length === 0) return `next-hop group ${id} has no next hops`
      if (group.nextHop.length > 64)
        return `next-hop group ${id} has ${group.nextHop.length} next hops; 64 are possible`
      const refs: AftReference[] = group.nextHop.map(({ index }) => ({
        kind: 'nextHop',
        instance: networkInstance,
        key: String(index),
      }))
      const backup = group.backupNextHopGroup?.value
      if (backup === id) return `next-hop group ${id} cannot be its own backup`
      if (backup) refs.push({ kind: 'nextHopGroup', instance: networkInstance, key: String(backup) })
      return { kind: 'nextHopGroup', key: String(id), refs }
    }
    case 'nextHop': {
      const { index, nextHop: hop } = entry.value
      if (index === 0n) return 'a next hop needs an index other than 0'
      if (!deleting && !hop) return `next hop ${index} leads nowhere`
      return { kind: 'nextHop', key: String(index), refs: [] }
    }
    case undefined:
      return 'the operation has no entry'
    default:
      return `${entry.case} is not supported`
  }
}

function destination(
  kind: AftKind,
  key: string,
  body:
    | { nextHopGroup?: { value: bigint } | undefined; nextHopGroupNetworkInstance?: { value: string } | undefined }
    | undefined,
  networkInstance: string,
  deleting: boolean,
): ReadEntry | string {
  if (deleting) return { kind, key, refs: [] }
  const group = body?.nextHopGroup?.value
  if (!group) return `${key} names no next-hop group`
  const instance = body.nextHopGroupNetworkInstance?.value || networkInstance
  return { kind, key, refs: [{ kind: 'nextHopGroup', instance, key: String(group) }] }
}
