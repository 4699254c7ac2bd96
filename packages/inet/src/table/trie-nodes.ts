const BITS = 16
const PAGE = 1 << BITS
const MASK = PAGE - 1

/** In the first word of a cell: the other bits are a node. A word without it is a value + 1, 0 for none. */
export const NODE = 0x8000_0000 | 0
/** Words of a cell: what a lookup reads (a value, or the way to a node), and the row that covers the cell most closely, 0 for none. */
export const CELL = 2
export const ROW = 1

/*
 * Words of a node: 256 bits that say where runs begin, 8 bytes that count the runs before each 32 of them, the word of the row that
 * covers the node from above, how many runs there are and how much the node holds. Its cells follow, one a run.
 */
const BEFORE = 8
const UNDER = 10
const COUNTS = 11
const HEADER = 12
const HELD = 0x1_0000

/** Blocks of memory have room for so many cells. */
const ROOM = [2, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256]
const sizeFor = Uint8Array.from({ length: 257 }, (_, runs) => ROOM.findIndex(room => room >= runs))

/** Cells of the first 16 bits of an address stand at fixed places, and those of the first 8 for prefixes that are shorter. */
const TOP = CELL << 16
const FIXED = TOP + (CELL << 8)

/**
 * Nodes of a trie that takes 8 bits a step. A node's 256 slots are kept as runs of equal ones, found by counting bits (Degermark et
 * al., "Small Forwarding Tables for Fast Routing Lookups", 1997; Asai and Ohara, "Poptrie", 2015): the whole of a node is one or two
 * cache lines where 256 words would be sixteen. A node that grows or shrinks moves, and whoever calls writes the new place into the
 * cell that leads to it. `lead` words before each node are the caller's.
 */
export class TrieNodes {
  readonly #pages: Uint32Array[] = []
  readonly #lead: number
  readonly #free = ROOM.map(() => 0)
  #end = FIXED

  constructor(lead = 0) {
    this.#lead = lead
    while (this.#pages.length * PAGE < FIXED) this.#pages.push(new Uint32Array(PAGE))
  }

  /** The cell of the first 8 bits. */
  top(bits: number): number {
    return TOP + bits * CELL
  }

  /** The cell of the first 16 bits. */
  root(bits: number): number {
    return bits * CELL
  }

  /** The cell of a slot. */
  cell(node: number, slot: number): number {
    return node + HEADER + CELL * runOf(this.#pages[node >>> BITS]!, node & MASK, slot)
  }

  /** What a slot means, signed: where its own cell is empty, what is under the node. Without a branch, which would be as good as random. */
  word(node: number, slot: number): number {
    const page = this.#pages[node >>> BITS]!
    const at = node & MASK
    const word = page[at + HEADER + CELL * runOf(page, at, slot)]! | 0
    return word | (ifNone(word) & page[at + UNDER]!)
  }

  /** Any word, signed. */
  read(index: number): number {
    return this.#pages[index >>> BITS]![index & MASK]! | 0
  }

  write(index: number, word: number): void {
    this.#pages[index >>> BITS]![index & MASK] = word
  }

  /** The word of the row that covers all of a node: what its empty slots mean. */
  under(node: number): number {
    return this.read(node + UNDER)
  }

  /** Says what a cell, or the slots of the node behind it that nothing else covers, means from now on. */
  show(cell: number, word: number): void {
    const before = this.read(cell)
    this.write(before < 0 ? (before & ~NODE) + UNDER : cell, word)
  }

  /**
   * Counts one more thing (a row, or a node) in the node behind a cell, which is made if there is none, and gives it runs of its own
   * from a slot on for `span` slots. Returns the node.
   */
  enter(cell: number, slot: number, span: number): number {
    const word = this.read(cell)
    const node = this.#open(word < 0 ? word & ~NODE : this.#take(cell), slot, span)
    this.write(node + COUNTS, this.read(node + COUNTS) + HELD)
    this.write(cell, NODE | node)
    return node
  }

  /** Undoes one `enter`, after the cells have been put back; with the last one the node goes. Returns whether it went. */
  leave(cell: number, slot: number, span: number): boolean {
    let node = this.read(cell) & ~NODE
    const counts = this.read(node + COUNTS) - HELD
    if (counts < HELD) {
      this.write(cell, this.under(node))
      this.#giveBlock(node, sizeFor[counts]!)
      return true
    }
    this.write(node + COUNTS, counts)
    node = this.#close(this.#close(node, slot + span), slot)
    this.write(cell, NODE | node)
    return false
  }

  /** Puts a node between a cell and the node behind it, which is behind a slot of the new one from now on. Returns the new one. */
  wedge(cell: number, slot: number): number {
    const word = this.read(cell)
    const below = word & ~NODE
    this.write(cell, this.under(below))
    this.write(below + UNDER, 0)
    const node = this.enter(cell, slot, 1)
    this.write(this.cell(node, slot), word)
    return node
  }

  /** Takes the node behind a cell away if all that it holds is another node, which then is behind the cell. */
  splice(cell: number): void {
    const node = this.read(cell) & ~NODE
    if (this.read(node + COUNTS) >>> 16 !== 1) return
    const runs = this.#runs(node)
    for (let i = 0; i < runs; i++) {
      const word = this.read(node + HEADER + CELL * i)
      if (word >= 0) continue
      this.write((word & ~NODE) + UNDER, this.under(node))
      this.write(cell, word)
      this.#giveBlock(node, sizeFor[runs]!)
      return
    }
  }

  /** Bytes held. */
  get bytes(): number {
    return this.#pages.length * PAGE * 4
  }

  /** A node with nothing in it; what the cell meant is now under the node. */
  #take(cell: number): number {
    const node = this.#takeBlock(0)
    const page = this.#pages[node >>> BITS]!
    const at = node & MASK
    page.fill(0, at - this.#lead, at + HEADER + CELL)
    page[at] = 1
    page[at + BEFORE] = 0x0101_0100
    page[at + BEFORE + 1] = 0x0101_0101
    page[at + UNDER] = this.read(cell)
    page[at + COUNTS] = 1
    return node
  }

  /** Makes a run begin at a slot and another behind the last of `span`; returns where the node is now. */
  #open(node: number, slot: number, span: number): number {
    let page = this.#pages[node >>> BITS]!
    let at = node & MASK
    const end = slot + span
    const before = begins(page, at, slot) ? 0 : CELL
    const behind = end === 256 || begins(page, at, end) ? 0 : CELL
    if (before + behind === 0) return node
    const runs = this.#runs(node)
    const more = runs + (before + behind) / CELL
    const first = HEADER + CELL * runOf(page, at, slot)
    const last = HEADER + CELL * runOf(page, at, end - 1)
    const from = page
    const origin = at
    if (sizeFor[more] !== sizeFor[runs]) {
      const block = this.#takeBlock(sizeFor[more]!)
      page = this.#pages[block >>> BITS]!
      at = block & MASK
      for (let i = -this.#lead; i < first + CELL; i++) page[at + i] = from[origin + i]!
      this.#giveBlock(node, sizeFor[runs]!)
      node = block
    }
    // From the end, so that within one block nothing is overwritten that is still to be moved. A run that is cut stands twice.
    for (let i = HEADER + CELL * runs - 1; i >= last + CELL - behind; i--)
      page[at + i + before + behind] = from[origin + i]!
    for (let i = last + CELL - 1; i >= first + CELL - before; i--) page[at + i + before] = from[origin + i]!
    if (before !== 0) mark(page, at, slot, 1)
    if (behind !== 0) mark(page, at, end, 1)
    page[at + COUNTS]! += more - runs
    return node
  }

  /** Lets the run that begins at a slot be one with the run before it if they are equal; returns where the node is now. */
  #close(node: number, slot: number): number {
    let page = this.#pages[node >>> BITS]!
    let at = node & MASK
    if (slot === 0 || slot === 256 || !begins(page, at, slot)) return node
    const gone = HEADER + CELL * runOf(page, at, slot)
    if ((page[at + gone]! | 0) < 0 || page[at + gone] !== page[at + gone - CELL]) return node
    if (page[at + gone + ROW] !== page[at + gone - CELL + ROW]) return node
    const runs = this.#runs(node)
    const from = page
    const origin = at
    const before = node
    if (sizeFor[runs - 1] !== sizeFor[runs]) {
      node = this.#takeBlock(sizeFor[runs - 1]!)
      page = this.#pages[node >>> BITS]!
      at = node & MASK
      for (let i = -this.#lead; i < gone; i++) page[at + i] = from[origin + i]!
    }
    for (let i = gone; i < HEADER + CELL * (runs - 1); i++) page[at + i] = from[origin + i + CELL]!
    if (node !== before) this.#giveBlock(before, sizeFor[runs]!)
    mark(page, at, slot, -1)
    page[at + COUNTS]! -= 1
    return node
  }

  #runs(node: number): number {
    return this.read(node + COUNTS) & (HELD - 1)
  }

  /** A block for a node, given back before or new; none crosses the end of a page. */
  #takeBlock(size: number): number {
    const free = this.#free[size]!
    if (free !== 0) {
      this.#free[size] = this.read(free - this.#lead)
      return free
    }
    const length = this.#lead + HEADER + CELL * ROOM[size]!
    if ((this.#end & MASK) + length > PAGE) this.#end = (this.#end | MASK) + 1
    if (this.#end === this.#pages.length * PAGE) this.#pages.push(new Uint32Array(PAGE))
    this.#end += length
    return this.#end - length + this.#lead
  }

  #giveBlock(node: number, size: number): void {
    this.write(node - this.#lead, this.#free[size]!)
    this.#free[size] = node
  }
}

/** All bits where a word is 0, else none. */
export function ifNone(word: number): number {
  return ~(word | (0 - word)) >> 31
}

/** Which run a slot is in: how many begin at it or before, less one. */
function runOf(page: Uint32Array, at: number, slot: number): number {
  const word = slot >>> 5
  let bits = page[at + word]! & (-1 >>> (31 - (slot & 31)))
  bits -= (bits >>> 1) & 0x5555_5555
  bits = (bits & 0x3333_3333) + ((bits >>> 2) & 0x3333_3333)
  bits = Math.imul((bits + (bits >>> 4)) & 0x0f0f_0f0f, 0x0101_0101) >>> 24
  return ((page[at + BEFORE + (word >>> 2)]! >>> ((word & 3) << 3)) & 0xff) + bits - 1
}

function begins(page: Uint32Array, at: number, slot: number): boolean {
  return ((page[at + (slot >>> 5)]! >>> (slot & 31)) & 1) !== 0
}

/** Changes whether a run begins at a slot; `by` is 1 where it does from now on, else -1. */
function mark(page: Uint32Array, at: number, slot: number, by: number): void {
  const word = slot >>> 5
  page[at + word]! ^= 1 << (slot & 31)
  const each = Math.imul(by, 0x0101_0101)
  if (word < 3) page[at + BEFORE]! += each << ((word + 1) << 3)
  if (word < 7) page[at + BEFORE + 1]! += word < 3 ? each : each << ((word - 3) << 3)
}
