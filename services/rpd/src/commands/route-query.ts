import { type Address, addressBits, parseAddress, parsePrefix } from '@hangar/inet'
import { CommandError, type CommandInvocation } from '@hangar/junos-cli'
import type { Protocol } from '../rib/attributes.ts'
import type { Rib } from '../rib/rib.ts'
import type { RoutingTable, TableFamily } from '../rib/routing-table.ts'
import { maskedWords, type Words, wordsOf } from '../rib/words.ts'

/** How much is said of each route. */
export type RouteStyle = 'brief' | 'terse' | 'detail' | 'extensive'

export interface Destination {
  readonly family: TableFamily
  readonly words: Words
  readonly length: number
}

/** What `show route` was asked for. */
export interface RouteQuery {
  readonly style: RouteStyle
  readonly tables: readonly RoutingTable[]
  readonly destination: Destination | undefined
  /** Which destinations a given one means; undefined: those inside of it, or where there are none the one that covers it best. */
  readonly match: 'exact' | 'best' | 'range' | undefined
  readonly protocol: readonly Protocol[] | undefined
  readonly nextHop: Address | undefined
  readonly activity: 'active' | 'inactive' | undefined
  /** Hidden routes alone, or beside the others. */
  readonly hidden: 'only' | 'too' | 'not'
  readonly programmed: boolean
}

/** Words of `show route protocol` for what our tables may hold; the others that a router knows select nothing. */
export const protocols: Readonly<Record<string, readonly Protocol[]>> = {
  aggregate: ['Aggregate'],
  bgp: [],
  'bgp-static': ['BGP-Static'],
  direct: ['Direct'],
  gribi: ['gRIBI'],
  isis: [],
  ldp: [],
  local: ['Local'],
  mpls: ['MPLS'],
  ospf: [],
  rsvp: [],
  static: ['Static'],
}

/** Reads the options of a command line. Throws a CommandError for what cannot be. */
export function readQuery(rib: Rib, { options }: CommandInvocation): RouteQuery {
  const style = (['terse', 'detail', 'extensive'] as const).find(name => options.has(name)) ?? 'brief'
  const destination = readDestination(options.get('destination'))
  const nextHopText = options.get('next-hop')
  const nextHop = nextHopText === undefined ? undefined : parseAddress(nextHopText)
  if (nextHopText !== undefined && !nextHop) throw new CommandError(`invalid next hop: ${nextHopText}`)
  const match = (['exact', 'best', 'range'] as const).find(name => options.has(name))
  const protocol = options.get('protocol')
  return {
    style,
    destination,
    match,
    nextHop,
    tables: readTables(rib, options.get('table'), destination),
    protocol: protocol === undefined ? undefined : (protocols[protocol] ?? []),
    activity: options.has('active-path') ? 'active' : options.has('inactive-path') ? 'inactive' : undefined,
    hidden: options.has('all') ? 'too' : options.has('hidden') ? 'only' : 'not',
    programmed: options.has('programmed'),
  }
}

/** "inet.0" is one table, "red" all tables of an instance, "red.inet" those that begin so. */
function readTables(rib: Rib, name: string | undefined, destination: Destination | undefined): RoutingTable[] {
  const all = [...rib.tables()].toSorted((a, b) => order(a) - order(b) || (a.name < b.name ? -1 : 1))
  const fitting = destination ? all.filter(table => table.family === destination.family) : all
  if (name === undefined) return fitting
  const exact = fitting.filter(table => table.name === name)
  if (exact.length > 0) return exact
  return fitting.filter(table => table.instance === name || table.name.startsWith(`${name}.`))
}

/** The main instance first, IPv4 before MPLS before IPv6 as a router lists them. */
function order({ name, instance }: RoutingTable): number {
  const kinds = ['inet.0', 'inet.3', 'mpls.0', 'inet6.0', 'inet6.3']
  const kind = kinds.findIndex(one => name === one || name.endsWith(`.${one}`))
  return (instance === 'master' ? 0 : 100) + (kind < 0 ? kinds.length : kind)
}

function readDestination(text: string | undefined): Destination | undefined {
  if (text === undefined) return undefined
  if (/^\d{1,7}$/.test(text)) {
    const label = Number(text)
    if (label >= 2 ** 20) throw new CommandError(`invalid label: ${text}`)
    return { family: 'mpls', words: [label, 0, 0, 0], length: 20 }
  }
  const prefix = parsePrefix(withAllOctets(text))
  if (!prefix) throw new CommandError(`invalid destination: ${text}`)
  const { address, length } = prefix
  const words = length === addressBits(address.family) ? wordsOf(address) : maskedWords(wordsOf(address), length)
  return { family: address.family, words, length }
}

/** "10/8" is 10.0.0.0/8. */
function withAllOctets(text: string): string {
  const [address, length] = text.split('/')
  if (length === undefined || !/^\d+(\.\d+){0,2}$/.test(address!)) return text
  return `${address!.split('.').concat('0', '0', '0').slice(0, 4).join('.')}/${length}`
}
