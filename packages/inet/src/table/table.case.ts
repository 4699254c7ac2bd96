import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addresses, edges, keyOf, shuffled, xorshift } from './case-input.ts'
import { type Entry, NaiveTable } from './naive-table.ts'

/** A table with its addresses as one number, so that all are held to the same cases. */
export interface Table {
  set(address: bigint, length: number, value: number): number
  delete(address: bigint, length: number): number
  get(address: bigint, length: number): number
  match(address: bigint): number
  matchLength(address: bigint): number
  entries(): Entry[]
  /** The same, gathered in parts of so many, with something done after each. */
  parts(count: number, between: () => void): Entry[]
  /** Visits all and deletes while it visits what the predicate names. */
  sweep(gone: (entry: Entry) => boolean): void
  clear(): void
  readonly size: number
  readonly bytes: number
}

export interface TableKind {
  name: string
  /** Bits of an address. */
  bits: number
  /** Lengths that are likely to go wrong. */
  lengths: readonly number[]
  /** Whether the lengths between are lengths too. */
  anyLength: boolean
  create(): Table
}

const LARGEST = 2 ** 31 - 2

export function tableCases(kind: TableKind): void {
  const { bits, create } = kind
  const ones = (1n << BigInt(bits)) - 1n
  const length = kind.anyLength
    ? fc.oneof(fc.constantFrom(...kind.lengths), fc.integer({ min: 0, max: bits }))
    : fc.constantFrom(...kind.lengths)
  const value = fc.oneof(fc.nat(3), fc.constantFrom(0, LARGEST), fc.nat(LARGEST))
  const entry = fc.tuple(addresses(bits), length, value)

  describe(kind.name, () => {
    test('an empty table has nothing', () => {
      const table = create()
      expect([
        table.size,
        table.match(0n),
        table.matchLength(ones),
        table.get(0n, 0),
        table.delete(ones, bits),
      ]).toEqual([0, -1, -1, -1, -1])
      expect(table.entries()).toEqual([])
    })

    test('the longest match wins, and what is removed uncovers what it covered', () => {
      const table = create()
      expect(table.set(0n, 0, 7)).toBe(-1)
      expect(table.set(5n, bits, 8)).toBe(-1)
      expect([table.match(5n), table.matchLength(5n), table.match(4n), table.matchLength(4n)]).toEqual([8, bits, 7, 0])
      expect(table.set(5n, bits, 9)).toBe(8)
      expect(table.match(5n)).toBe(9)
      expect(table.delete(5n, bits)).toBe(9)
      expect([table.match(5n), table.matchLength(5n), table.size]).toEqual([7, 0, 1])
      expect(table.delete(0n, 0)).toBe(7)
      expect([table.match(5n), table.size]).toEqual([-1, 0])
    })

    test.each([-1, 0.5, Number.NaN, bits + 1])('length %s is refused, and nothing changes', wrong => {
      const table = create()
      table.set(0n, 0, 1)
      expect(() => table.set(0n, wrong, 2)).toThrow(RangeError)
      expect(() => table.delete(0n, wrong)).toThrow(String(wrong))
      expect(() => table.get(0n, wrong)).toThrow(RangeError)
      expect([table.size, table.match(0n)]).toEqual([1, 1])
    })

    test.each([-1, 0.5, Number.NaN, LARGEST + 1])('value %s is refused, and nothing changes', wrong => {
      const table = create()
      table.set(0n, 0, 1)
      expect(() => table.set(0n, 0, wrong)).toThrow(String(wrong))
      expect(() => table.set(0n, bits, wrong)).toThrow(RangeError)
      expect([table.size, table.match(0n)]).toEqual([1, 1])
    })

    test('does what a list that is searched from end to end does', () => {
      const step = fc.record({ kind: fc.constantFrom('set', 'set', 'delete', 'again'), entry, pick: fc.nat() })
      fc.assert(
        fc.property(fc.array(step, { maxLength: 60, size: 'max' }), steps => {
          const table = create()
          const model = new NaiveTable(bits)
          for (const { kind: what, entry: fresh, pick } of steps) {
            const known = model.entries()
            // Deleting, and setting once more, mostly hits what is there.
            const [at, long] = what !== 'set' && known.length > 0 ? known[pick % known.length]! : fresh
            if (what === 'delete') expect(table.delete(at, long)).toBe(model.delete(at, long))
            else expect(table.set(at, long, fresh[2])).toBe(model.set(at, long, fresh[2]))
            expect(table.size).toBe(model.size)
            sameMatches(table, model, edges(at, long, bits))
            sameMatches(table, model, edges(fresh[0], fresh[1], bits))
          }
          sameEntries(table, model)
          for (const [at, long] of model.entries()) sameMatches(table, model, edges(at, long, bits))
        }),
        { numRuns: 200 },
      )
    })

    test('200,000 random operations on a few hundred addresses', () => {
      const random = xorshift(0x2545f491)
      const table = create()
      const lengths = [...new Set(kind.lengths)].sort((x, y) => x - y)
      // Near the front and near the end, so that prefixes nest, meet, and reach the ends of nodes.
      const space = Array.from({ length: 400 }, () => {
        const near = BigInt(random() & 0xff) ^ (BigInt(random() & 7) << BigInt(random() % (bits - 2)))
        return random() & 1 ? ones ^ near : near
      })
      // The model: a number for each prefix of each address, and what has been set for it.
      const numbers = new Map<string, number>()
      const prefixes = space.map(at =>
        lengths.map(long => {
          const key = keyOf(bits)([at, long, 0])
          return numbers.get(key) ?? numbers.set(key, numbers.size).size - 1
        }),
      )
      const values = new Int32Array(numbers.size).fill(-1)
      const longest = (at: number) => prefixes[at]!.findLastIndex(prefix => values[prefix]! >= 0)
      let size = 0
      for (let i = 0; i < 200_000; i++) {
        const at = random() % space.length
        const long = random() % lengths.length
        const prefix = prefixes[at]![long]!
        // It grows and shrinks by turns, so that nodes fill, empty and go.
        const grows = ((i >>> 12) & 1) === 0
        const before = values[prefix]!
        if (random() % 8 < (grows ? 5 : 2)) {
          expectSame(table.set(space[at]!, lengths[long]!, i), before)
          values[prefix] = i
          if (before < 0) size++
        } else {
          expectSame(table.delete(space[at]!, lengths[long]!), before)
          values[prefix] = -1
          if (before >= 0) size--
        }
        for (const probe of [at, random() % space.length]) {
          const found = longest(probe)
          expectSame(table.match(space[probe]!), found < 0 ? -1 : values[prefixes[probe]![found]!]!)
          expectSame(table.matchLength(space[probe]!), found < 0 ? -1 : lengths[found]!)
        }
      }
      expect(table.size).toBe(size)
      expect(table.entries().length).toBe(size)
      for (const [i, at] of space.entries()) {
        for (const [j, long] of lengths.entries()) expectSame(table.get(at, long), values[prefixes[i]![j]!]!)
      }
    })

    test('any order of the same prefixes ends in the same table', () => {
      fc.assert(
        fc.property(
          fc.uniqueArray(entry, { selector: keyOf(bits), maxLength: 40 }),
          fc.infiniteStream(fc.nat()),
          (list, by) => {
            const tables = [create(), create()]
            for (const [at, long, what] of list) tables[0]!.set(at, long, what)
            for (const [at, long, what] of shuffled(list, by)) tables[1]!.set(at, long, what)
            for (const [at, long] of list) {
              for (const probe of edges(at, long, bits)) expect(tables[0]!.match(probe)).toBe(tables[1]!.match(probe))
            }
          },
        ),
      )
    })

    test('what is deleted while all are visited is visited once, and gone', () => {
      fc.assert(
        fc.property(fc.array(entry, { maxLength: 60 }), list => {
          const table = create()
          const model = new NaiveTable(bits)
          for (const [at, long, what] of list) {
            table.set(at, long, what)
            model.set(at, long, what)
          }
          const gone = ([at, , what]: Entry) => (Number(at & 0xffn) + what) % 2 === 0
          table.sweep(gone)
          for (const each of model.entries()) if (gone(each)) model.delete(each[0], each[1])
          sameEntries(table, model)
        }),
      )
    })

    test('what is there while parts are visited is visited once', () => {
      const some = fc.uniqueArray(entry, { selector: keyOf(bits), maxLength: 60 })
      fc.assert(
        fc.property(some, fc.integer({ min: 1, max: 70 }), fc.infiniteStream(fc.nat()), (list, count, by) => {
          const table = create()
          for (const [at, long, what] of list) table.set(at, long, what)
          expect(
            table
              .parts(count, () => {})
              .map(keyOf(bits))
              .sort(),
          ).toEqual(list.map(keyOf(bits)).sort())
          const left = [...list]
          const seen = table.parts(count, () => {
            const [at, long] = left.splice(by.next().value! % Math.max(left.length, 1), 1)[0] ?? [0n, 0]
            table.delete(at, long)
          })
          const keys = seen.map(keyOf(bits))
          expect(new Set(keys).size).toBe(keys.length)
          for (const one of left) expect(keys).toContain(keyOf(bits)(one))
        }),
      )
    })

    test('memory of what was deleted is used again, and given back when all is cleared', () => {
      const random = xorshift(7)
      const anywhere = () => {
        let address = 0n
        for (let i = 0; i < bits; i += 32) address = (address << 32n) | BigInt(random())
        return address & ones
      }
      const list = Array.from({ length: 3000 }, (): [bigint, number] => [
        anywhere(),
        kind.lengths[random() % kind.lengths.length]!,
      ])
      const table = create()
      const empty = table.bytes
      // Each round elsewhere: a node that a prefix leaves behind is none that the next round could need.
      const round = (where: bigint) => {
        for (const [at, long] of list) table.set(at ^ where, long, 1)
        const full = table.bytes
        for (const [at, long] of list) table.delete(at ^ where, long)
        expect(table.size).toBe(0)
        for (const [at] of list) expectSame(table.match(at ^ where), -1)
        return full
      }
      const once = round(0n)
      for (let i = 0; i < 8; i++) expect(round(anywhere()) - once).toBeLessThanOrEqual(4 * 65536)
      for (const [at, long] of list) table.set(at, long, 1)
      table.clear()
      expect([table.size, table.bytes, table.entries(), table.match(list[0]![0])]).toEqual([0, empty, [], -1])
      expect(round(0n)).toBe(once)
    })
  })
}

/** `expect` a million times would take longer than what it looks at. */
function expectSame(actual: number, expected: number): void {
  if (actual !== expected) expect(actual).toBe(expected)
}

function sameMatches(table: Table, model: NaiveTable, probes: readonly bigint[]): void {
  for (const probe of probes) {
    if (table.match(probe) === model.match(probe) && table.matchLength(probe) === model.matchLength(probe)) continue
    expect({ probe, value: table.match(probe), length: table.matchLength(probe) }).toEqual({
      probe,
      value: model.match(probe),
      length: model.matchLength(probe),
    })
  }
}

function sameEntries(table: Table, model: NaiveTable): void {
  const sorted = (list: Entry[]) => list.map(([at, length, value]) => `${at.toString(16)}/${length} ${value}`).sort()
  expect(sorted(table.entries())).toEqual(sorted(model.entries()))
  for (const [at, length, value] of model.entries()) expect(table.get(at, length)).toBe(value)
}
