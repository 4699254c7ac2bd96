import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { type Family, generateTable, type RouteTable } from '@hangar/example-loader/table'
import { Ipv4Table, Ipv6Table } from '@hangar/inet'
import { seededRandom } from '@hangar/runtime'
import { mapTable4, mapTable6 } from './lookup-peer.ts'
import { type BenchRow, median, withPeer } from './row.ts'

/** What both sides do, with prefixes and addresses in columns. */
interface Subject {
  insert(table: RouteTable, from: number, to: number): void
  match(addresses: Uint32Array, count: number): number
}

const ROUNDS = 5
const PROBES = 1_000_000
/** Insertions that are timed as one, for the longest of them. */
const STEP = 20
const PEER = 'a Map for each length'

/** Longest match of both families in a table as large as the Internet's: the forwarding tables, and what one would write with Maps. */
export async function benchLookup(): Promise<BenchRow[]> {
  return [
    ...measure('IPv4', 'inet', 1_000_000, ours4, () => peerOf(mapTable4()), ['2.5 M', '10 M', '80']),
    ...measure('IPv6', 'inet6', 400_000, ours6, () => peerOf(mapTable6()), [undefined, '2 M', undefined]),
  ]
}

type Aims = [insert: string | undefined, match: string | undefined, bytes: string | undefined]

function measure(
  name: string,
  family: Family,
  count: number,
  ours: () => Subject,
  theirs: () => Subject,
  aims: Aims,
): BenchRow[] {
  const table = generateTable({ family, count, seed: 1, nextHops: 32 })
  const anywhere = probesOf(table)
  const sides = [ours, theirs].map(create => ({
    create,
    inserts: [] as number[],
    matches: [] as number[],
    bytes: bytesARoute(create, table),
  }))
  const found = new Set<number>()
  // The first round warms up.
  for (let round = 0; round <= ROUNDS; round++) {
    for (const side of sides) {
      const subject = side.create()
      const insert = rate(count, () => subject.insert(table, 0, count))
      const match = rate(PROBES, () => found.add(subject.match(anywhere, PROBES)))
      if (round === 0) continue
      side.inserts.push(insert)
      side.matches.push(match)
    }
  }
  if (found.size !== 1) throw new Error(`${name}: the two tables do not find the same`)
  const [mine, peer] = sides.map(({ inserts, matches, bytes }) => ({
    insert: median(inserts),
    match: median(matches),
    bytes,
  }))
  const size = `${count.toLocaleString('en')} routes`
  return [
    row(`${name}, ${size}: inserts`, mine!.insert, '/s', peer!.insert, aims[0]),
    row(`${name}, ${size}: longest matches`, mine!.match, '/s', peer!.match, aims[1]),
    row(`${name}, ${size}: memory a route`, mine!.bytes, 'bytes', peer!.bytes, aims[2]),
    row(`${name}, ${size}: the longest ${STEP} inserts`, longest(ours, table), 'ms', longest(theirs, table), '1'),
  ]
}

function row(what: string, value: number, unit: string, peer: number, aim: string | undefined): BenchRow {
  return withPeer({ what, value, unit, ...(aim !== undefined && { aim }) }, PEER, peer)
}

function ours4(): Subject {
  const forwarding = new Ipv4Table()
  return {
    insert({ addresses, lengths, nextHops }, from, to) {
      for (let i = from; i < to; i++) forwarding.set(addresses[i]!, lengths[i]!, nextHops[i]!)
    },
    match(addresses, count) {
      let sum = 0
      for (let i = 0; i < count; i++) sum += forwarding.match(addresses[i]!)
      return sum
    },
  }
}

function ours6(): Subject {
  const forwarding = new Ipv6Table()
  return {
    insert({ addresses: a, lengths, nextHops }, from, to) {
      for (let i = from; i < to; i++) {
        forwarding.set(a[4 * i]!, a[4 * i + 1]!, a[4 * i + 2]!, a[4 * i + 3]!, lengths[i]!, nextHops[i]!)
      }
    },
    match(a, count) {
      let sum = 0
      for (let i = 0; i < count; i++) sum += forwarding.match(a[4 * i]!, a[4 * i + 1]!, a[4 * i + 2]!, a[4 * i + 3]!)
      return sum
    },
  }
}

function peerOf(maps: ReturnType<typeof mapTable4> | ReturnType<typeof mapTable6>): Subject {
  return {
    insert({ addresses, lengths, nextHops }, from, to) {
      for (let i = from; i < to; i++) maps.set(addresses, i, lengths[i]!, nextHops[i]!)
    },
    match(addresses, count) {
      let sum = 0
      for (let i = 0; i < count; i++) sum += maps.match(addresses, i)
      return sum
    },
  }
}

/** Addresses to look up, in no order: IPv4 from anywhere, IPv6 from below the routes, as the rest of it is empty. */
function probesOf({ family, addresses, lengths, count }: RouteTable): Uint32Array {
  const random = seededRandom(2)
  const word = () => Math.floor(random.number() * 2 ** 32)
  if (family === 'inet') return Uint32Array.from({ length: PROBES }, word)
  const probes = new Uint32Array(4 * PROBES)
  for (let i = 0; i < PROBES; i++) {
    const route = Math.floor(random.number() * count)
    for (let j = 0; j < 4; j++) {
      const free = Math.min(32, Math.max(0, 32 * (j + 1) - lengths[route]!))
      probes[4 * i + j] = addresses[4 * route + j]! | (free === 0 ? 0 : word() >>> (32 - free))
    }
  }
  return probes
}

/**
 * Milliseconds of the longest few inserts in a row, each group in the best of five tables: what is left is the table's own doing, and not
 * what else goes on in the process and on the machine.
 */
function longest(create: () => Subject, table: RouteTable): number {
  const subjects = Array.from({ length: 5 }, create)
  let longest = 0
  for (let from = 0; from < table.count; from += STEP) {
    let least = Number.POSITIVE_INFINITY
    for (const subject of subjects) {
      const begin = performance.now()
      subject.insert(table, from, from + STEP)
      least = Math.min(least, performance.now() - begin)
    }
    longest = Math.max(longest, least)
  }
  return longest
}

/** Bytes a route of a table that holds them all. */
function bytesARoute(create: () => Subject, table: RouteTable): number {
  const before = bytesInUse()
  const subject = create()
  subject.insert(table, 0, table.count)
  const bytes = bytesInUse() - before
  // Used once more, so that it is not collected before it is measured.
  subject.insert(table, 0, 1)
  return bytes / table.count
}

/** Bytes of the heap and of typed arrays, garbage collected. */
function bytesInUse(): number {
  setFlagsFromString('--expose-gc')
  const collect: () => void = runInNewContext('gc')
  collect()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

/** So many a second of the thread's own processor time: other programs on the machine do not count. */
function rate(count: number, work: () => void): number {
  const before = process.threadCpuUsage()
  work()
  const { user, system } = process.threadCpuUsage(before)
  return count / ((user + system) / 1e6)
}
