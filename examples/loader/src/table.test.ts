import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { addressText } from './address-text.ts'
import { generateTable, type RouteTable } from './table.ts'

const of = (family: 'inet' | 'inet6', count = 10_000, seed = 1) => generateTable({ family, count, seed, nextHops: 32 })

const digest = ({ addresses, lengths, nextHops }: RouteTable) =>
  createHash('sha256').update(addresses).update(lengths).update(nextHops).digest('hex').slice(0, 16)

describe('a generated table', () => {
  it('is the same, byte for byte, for the same seed on any machine', () => {
    expect(digest(of('inet'))).toBe('b411342d1f704619')
    expect(digest(of('inet6'))).toBe('af5a40def4ca9559')
    expect(digest(of('inet', 10_000, 2))).not.toBe(digest(of('inet')))
  })

  it.each(['inet', 'inet6'] as const)(
    '%s: has every prefix once, without host bits, and no special-use addresses',
    family => {
      const table = of(family)
      const seen = new Set<string>()
      for (let route = 0; route < table.count; route++) {
        const text = addressText(table, route)
        seen.add(`${text}/${table.lengths[route]}`)
        expect(hostBits(table, route)).toBe(0n)
        expect(text).toMatch(family === 'inet' ? /^(?!0\.|10\.|127\.|22[4-9]\.|2[345]\d\.)/ : /^2[468ac]/)
        expect(table.nextHops[route]).toBeLessThan(32)
      }
      expect(seen.size).toBe(table.count)
    },
  )

  it('has the shape of the default-free zone', () => {
    const share = (table: RouteTable, length: number) =>
      table.lengths.filter(one => one === length).length / table.count
    const inet = of('inet')
    expect(share(inet, 24)).toBeCloseTo(0.6, 2)
    expect(share(inet, 22)).toBeCloseTo(0.112, 2)
    expect(share(of('inet6'), 48)).toBeCloseTo(0.46, 2)
    // Neighbours: far fewer /16s than routes.
    const blocks = new Set(of('inet', 100_000).addresses.map(word => word >>> 16))
    expect(blocks.size).toBeLessThan(30_000)
  })

  it.each([-1, 1.5, 2_000_001])('refuses %d routes', count => {
    expect(() => of('inet', count)).toThrow(`inet: ${count} routes`)
  })
})

function hostBits({ family, addresses, lengths }: RouteTable, route: number): bigint {
  const words = family === 'inet' ? 1 : 4
  let address = 0n
  for (const word of addresses.subarray(route * words, (route + 1) * words)) address = (address << 32n) | BigInt(word)
  return address & ((1n << BigInt(32 * words - lengths[route]!)) - 1n)
}
