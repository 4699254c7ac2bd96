import { addressBits, parsePrefix } from '@hangar/inet'
import { CommandError, type CommandInvocation } from '@hangar/junos-cli'
import { type Family, type ForwardingTable, families } from '../forwarding/index.ts'

/** A destination of one family; bits behind its length are clear. */
export interface Destination {
  readonly family: Family
  readonly address: Uint32Array
  readonly length: number
}

/** What `show route forwarding-table` was asked for. */
export interface ForwardingQuery {
  readonly tables: readonly ForwardingTable[]
  /** The route that packets for it take, and no other. */
  readonly destination: Destination | undefined
  /** Routes inside of it, and no others. */
  readonly matching: Destination | undefined
}

/** What a table's instance is called here: the main one is "default". */
export function instanceName({ instance }: ForwardingTable): string {
  return instance === 'master' ? 'default' : instance
}

/** Reads the options of a command line. Throws a CommandError for what cannot be. */
export function readForwardingQuery(all: Iterable<ForwardingTable>, { options }: CommandInvocation): ForwardingQuery {
  const destination = readLabel(options.get('label')) ?? readDestination(options.get('destination'))
  const matching = readDestination(options.get('matching'))
  const instance = options.get('table')
  const tables = [...all].toSorted((a, b) => order(a) - order(b) || (a.name < b.name ? -1 : 1))
  if (instance !== undefined && !tables.some(table => instanceName(table) === instance)) {
    throw new CommandError(`table ${instance} not found`)
  }
  const family = options.get('family') ?? destination?.family ?? matching?.family
  return {
    tables: tables.filter(
      table =>
        (family === undefined || table.family === family) &&
        (instance === undefined || instanceName(table) === instance) &&
        [destination, matching].every(one => one === undefined || one.family === table.family),
    ),
    destination,
    matching,
  }
}

/** As a router lists them: family by family, the main instance first. */
function order({ family, instance }: ForwardingTable): number {
  return 2 * families.indexOf(family) + (instance === 'master' ? 0 : 1)
}

function readLabel(text: string | undefined): Destination | undefined {
  if (text === undefined) return undefined
  const label = /^\d{1,7}$/.test(text) ? Number(text) : Number.NaN
  if (!(label < 2 ** 20)) throw new CommandError(`invalid label: ${text}`)
  return { family: 'mpls', address: Uint32Array.of(label), length: 20 }
}

function readDestination(text: string | undefined): Destination | undefined {
  if (text === undefined) return undefined
  const prefix = parsePrefix(withAllOctets(text))
  if (!prefix) throw new CommandError(`invalid destination: ${text}`)
  const { address, length } = prefix
  const view = new DataView(address.bytes.buffer, address.bytes.byteOffset)
  const words = Uint32Array.from({ length: addressBits(address.family) / 32 }, (_, i) => view.getUint32(4 * i))
  return { family: address.family, address: masked(words, length), length }
}

/** "10/8" is 10.0.0.0/8. */
function withAllOctets(text: string): string {
  const [address, length] = text.split('/')
  if (length === undefined || !/^\d+(\.\d+){0,2}$/.test(address!)) return text
  return `${address!.split('.').concat('0', '0', '0').slice(0, 4).join('.')}/${length}`
}

/** The address with the bits behind `length` clear. */
export function masked(address: Uint32Array, length: number): Uint32Array {
  return address.map((word, i) => {
    const bits = length - 32 * i
    return bits >= 32 ? word : bits <= 0 ? 0 : word & (-1 << (32 - bits))
  })
}

/** Whether a destination lies in another of its family. */
export function isInside(inner: { address: Uint32Array; length: number }, outer: Destination): boolean {
  if (inner.length < outer.length) return false
  if (outer.family === 'mpls') return outer.length === 0 || inner.address[0] === outer.address[0]
  return masked(inner.address, outer.length).every((word, i) => word === outer.address[i])
}
