/** Slots of one segment: small enough that splitting one is a matter of microseconds. */
const SLOTS = 1024
const FULL = 640
/** Beyond this, keys whose hashes are alike (which nobody meets by chance) share a segment until it is full. */
const DEEPEST = 20

/** The rows that an index is of. */
export interface DestinationRows {
  isAt(row: number, k0: number, k1: number, k2: number, k3: number, length: number): boolean
  /** `hashOf` its destination. */
  hash(row: number): number
}

interface Segment {
  /** Pairs of a hash and its row + 1; 0 is free. Open addressing, linear probing: what does not match is passed without a look at its row. */
  readonly slots: Uint32Array
  used: number
  /** How many of the hash's upper bits all keys of this segment share. */
  depth: number
}

/** Where a segment is while it is split. */
const scratch = new Uint32Array(2 * SLOTS)

/**
 * From a destination (four words and a length) to the row that stands for it. An extendible hash: it grows by splitting one segment
 * at a time, so that no insertion ever waits for a whole table to be hashed anew.
 */
export class DestinationIndex {
  readonly #rows: DestinationRows
  #directory: Segment[] = [newSegment(0)]
  #depth = 0
  size = 0

  constructor(rows: DestinationRows) {
    this.#rows = rows
  }

  /** The row of a destination, -1 where there is none. */
  find(k0: number, k1: number, k2: number, k3: number, length: number): number {
    const hash = hashOf(k0, k1, k2, k3, length)
    const { slots } = this.#segment(hash)
    for (let i = hash & (SLOTS - 1); ; i = (i + 1) & (SLOTS - 1)) {
      const slot = slots[2 * i + 1]!
      if (slot === 0) return -1
      if (slots[2 * i] === hash && this.#rows.isAt(slot - 1, k0, k1, k2, k3, length)) return slot - 1
    }
  }

  /** Puts a destination's row where there is none yet. */
  insert(row: number): void {
    const hash = this.#rows.hash(row)
    let segment = this.#segment(hash)
    while (segment.used >= FULL && segment.depth < DEEPEST) {
      this.#split(segment, hash)
      segment = this.#segment(hash)
    }
    if (segment.used === SLOTS - 1) throw new RangeError('too many destinations with one hash')
    place(segment, hash, row)
    this.size++
  }

  /** Another row stands for the same destination from now on. */
  replace(before: number, after: number): void {
    const { slots, at } = this.#locate(before)
    slots[2 * at + 1] = after + 1
  }

  remove(row: number): void {
    const { slots, at } = this.#locate(row)
    const segment = this.#segment(this.#rows.hash(row))
    // Later members of the same run move up, so that no probe meets a hole.
    let hole = at
    for (let i = (at + 1) & (SLOTS - 1); slots[2 * i + 1] !== 0; i = (i + 1) & (SLOTS - 1)) {
      const home = slots[2 * i]! & (SLOTS - 1)
      if (((i - home) & (SLOTS - 1)) < ((i - hole) & (SLOTS - 1))) continue
      slots[2 * hole] = slots[2 * i]!
      slots[2 * hole + 1] = slots[2 * i + 1]!
      hole = i
    }
    slots[2 * hole + 1] = 0
    segment.used--
    this.size--
  }

  /** Bytes held. */
  get bytes(): number {
    return new Set(this.#directory).size * SLOTS * 8 + this.#directory.length * 8
  }

  #segment(hash: number): Segment {
    return this.#directory[this.#depth === 0 ? 0 : hash >>> (32 - this.#depth)]!
  }

  #locate(row: number): { slots: Uint32Array; at: number } {
    const hash = this.#rows.hash(row)
    const { slots } = this.#segment(hash)
    let at = hash & (SLOTS - 1)
    while (slots[2 * at + 1] !== row + 1) {
      if (slots[2 * at + 1] === 0) throw new Error(`row ${row} is not in the index`)
      at = (at + 1) & (SLOTS - 1)
    }
    return { slots, at }
  }

  #split(segment: Segment, hash: number): void {
    if (segment.depth === this.#depth) {
      this.#directory = this.#directory.flatMap(one => [one, one])
      this.#depth++
    }
    const before = segment.depth
    const depth = before + 1
    const high = newSegment(depth)
    segment.depth = depth
    segment.used = 0
    scratch.set(segment.slots)
    segment.slots.fill(0)
    for (let i = 0; i < SLOTS; i++) {
      const slot = scratch[2 * i + 1]!
      if (slot === 0) continue
      const of = scratch[2 * i]!
      place((of >>> (32 - depth)) & 1 ? high : segment, of, slot - 1)
    }
    // The directory's entries for one segment stand side by side.
    const span = 2 ** (this.#depth - before)
    const first = Math.floor((this.#depth === 0 ? 0 : hash >>> (32 - this.#depth)) / span) * span
    for (let i = span / 2; i < span; i++) this.#directory[first + i] = high
  }
}

/** The upper bits choose the segment, the lower ones the slot. */
export function hashOf(k0: number, k1: number, k2: number, k3: number, length: number): number {
  let hash = Math.imul(k0 ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(length + 1, 0x27d4eb2f)
  hash = Math.imul(hash ^ (hash >>> 15) ^ k1, 0xc2b2ae35)
  hash = Math.imul(hash ^ (hash >>> 13) ^ k2, 0x2c1b3c6d)
  hash = Math.imul(hash ^ (hash >>> 16) ^ k3, 0x297a2d39)
  return (hash ^ (hash >>> 15)) >>> 0
}

function newSegment(depth: number): Segment {
  return { slots: new Uint32Array(2 * SLOTS), used: 0, depth }
}

function place(segment: Segment, hash: number, row: number): void {
  let at = hash & (SLOTS - 1)
  const { slots } = segment
  while (slots[2 * at + 1] !== 0) at = (at + 1) & (SLOTS - 1)
  slots[2 * at] = hash
  slots[2 * at + 1] = row + 1
  segment.used++
}
