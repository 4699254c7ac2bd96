import { randomOf } from './random.ts'
import { type Shape, shapes } from './shape.ts'

export type Family = 'inet' | 'inet6'

/** Routes in columns. Every prefix is there once, without host bits. */
export interface RouteTable {
  readonly family: Family
  readonly count: number
  /** One word a route (inet) or four (inet6), the most significant first. */
  readonly addresses: Uint32Array
  readonly lengths: Uint8Array
  /** Which of the next hops, from 0. */
  readonly nextHops: Uint8Array
}

export interface TableOptions {
  family: Family
  /** How many routes, up to 2 million (inet) or 400 thousand (inet6): more do not fit into the shape. */
  count: number
  seed: number
  /** Distinct next hops, up to 256. */
  nextHops: number
}

const most = { inet: 2_000_000, inet6: 400_000 }

/** A table like that of the default-free zone: its lengths, its runs of neighbours, its few much used next hops. The seed decides every byte. */
export function generateTable({ family, count, seed, nextHops }: TableOptions): RouteTable {
  if (!Number.isInteger(count) || count < 0 || count > most[family])
    throw new RangeError(`${family}: ${count} routes, not one of 0 to ${most[family]}`)
  if (!Number.isInteger(nextHops) || nextHops < 1 || nextHops > 256)
    throw new RangeError(`${nextHops} next hops, not one of 1 to 256`)
  const shape = shapes[family]
  const random = randomOf(family === 'inet' ? seed : ~seed)
  const left = quotas(shape, count)
  const seen = new Set<number>()
  const words = family === 'inet' ? 1 : 4
  const table = {
    family,
    count,
    addresses: new Uint32Array(count * words),
    lengths: new Uint8Array(count),
    nextHops: new Uint8Array(count),
  }
  const add = (address: number, length: number, nextHop: number): boolean => {
    // The first 3 bits of IPv6 unicast are always 001, so that address and length fit into one exact number.
    const key = (address % 2 ** 45) * 64 + length
    if (seen.has(key)) return false
    const at = seen.size
    seen.add(key)
    left[length]!--
    if (words === 1) table.addresses[at] = address
    else table.addresses.set([Math.floor(address / 2 ** 16), (address % 2 ** 16) * 2 ** 16], at * words)
    table.lengths[at] = length
    table.nextHops[at] = nextHop
    return true
  }
  // Cubed: of 32 next hops the first carries a third of the table.
  const nextHop = () => Math.floor(nextHops * random() * random() * random())
  for (let length = 0; length < shape.aggregate; length++)
    while (left[length]! > 0) add(aligned(shape, shape.randomAddress(random), length), length, nextHop())
  while (seen.size < count) fillBlock(shape, left, random, nextHop(), add)
  return table
}

/** One holder's block: prefixes side by side or within each other, most with the same next hop. */
function fillBlock(
  shape: Shape,
  left: readonly number[],
  random: () => number,
  nextHop: number,
  add: (address: number, length: number, nextHop: number) => boolean,
): void {
  const block = pick(shape.allocations, random)
  let address = aligned(shape, shape.randomAddress(random), block)
  const end = address + 2 ** (shape.width - block)
  for (let prefixes = 1 + Math.floor(40 * random() * random()); prefixes > 0; prefixes--) {
    const length = pickLeft(left, block, random)
    if (length === undefined) return
    const size = 2 ** (shape.width - length)
    address = Math.ceil(address / size) * size
    if (address >= end) return
    add(address, length, nextHop)
    const step = random()
    // The next one is more specific, or the neighbour, or some way off.
    if (step > 0.2) address += size * (step > 0.8 ? 1 + Math.floor(8 * random()) : 1)
  }
}

/** How many routes each length gets; what rounding leaves goes to the most frequent one. */
function quotas({ firstLength, lengths }: Shape, count: number): number[] {
  const total = sum(lengths)
  const left = [...Array<number>(firstLength).fill(0), ...lengths.map(weight => Math.floor((count * weight) / total))]
  left[firstLength + lengths.indexOf(Math.max(...lengths))]! += count - sum(left)
  return left
}

function sum(values: readonly number[]): number {
  return values.reduce((all, one) => all + one, 0)
}

/** A length of at least `from`, each as likely as there are routes of it to come. */
function pickLeft(left: readonly number[], from: number, random: () => number): number | undefined {
  let total = 0
  for (let length = from; length < left.length; length++) total += left[length]!
  let point = Math.floor(random() * total)
  for (let length = from; length < left.length; length++) {
    point -= left[length]!
    if (point < 0) return length
  }
  return undefined
}

function pick(weights: Readonly<Record<number, number>>, random: () => number): number {
  const entries = Object.entries(weights)
  let point = random() * sum(Object.values(weights))
  for (const [value, weight] of entries) {
    point -= weight
    if (point < 0) return Number(value)
  }
  return Number(entries.at(-1)![0])
}

function aligned({ width }: Shape, address: number, length: number): number {
  const size = 2 ** (width - length)
  return Math.floor(address / size) * size
}
