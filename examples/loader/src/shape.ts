import type { Family } from './table.ts'

/** How the prefixes of a family are spread over the address space. Addresses are numbers of `width` bits, the high ones of an address. */
export interface Shape {
  width: number
  /** Weight of each prefix length from `firstLength` on: routes in a million (IPv4) or in 200 thousand (IPv6). */
  lengths: readonly number[]
  firstLength: number
  /** Weight of each size of the blocks that registries hand out; prefixes lie within them, in runs. */
  allocations: Readonly<Record<number, number>>
  /** Shorter prefixes than this are announced alone, not as a part of a block. */
  aggregate: number
  /** An address whose first `length` bits are anywhere that such a block may be. */
  randomAddress(random: () => number): number
}

/** Close to what collectors of the default-free zone have shown since 2023. */
export const shapes: Readonly<Record<Family, Shape>> = {
  inet: {
    width: 32,
    firstLength: 8,
    lengths: [
      16, 14, 45, 110, 320, 650, 1300, 2200, 14_500, 9500, 17_000, 28_000, 48_000, 53_000, 112_000, 102_000, 597_000,
      1500, 1500, 1500, 1800, 2200, 1800, 200, 4000,
    ],
    allocations: { 14: 2, 16: 8, 17: 4, 18: 5, 19: 8, 20: 12, 21: 12, 22: 22 },
    aggregate: 16,
    randomAddress(random) {
      for (;;) {
        const address = Math.floor(random() * 2 ** 32)
        if (isUnicast(Math.floor(address / 2 ** 24))) return address
      }
    },
  },
  inet6: {
    width: 48,
    firstLength: 20,
    lengths: [
      20, 0, 0, 0, 60, 0, 0, 0, 300, 8000, 900, 700, 26_000, 3600, 2400, 1400, 9500, 900, 1800, 900, 17_500, 900, 3400,
      1000, 18_500, 2900, 5600, 5000, 94_000,
    ],
    allocations: { 28: 1, 29: 10, 32: 30, 36: 4, 40: 6, 44: 3 },
    aggregate: 28,
    randomAddress(random) {
      const [base, length] = registries6[Math.floor(random() * registries6.length)]!
      return base * 2 ** 32 + Math.floor(random() * 2 ** (48 - length))
    },
  },
}

/** First 16 bits of what the registries allocate from, and how many of them are fixed. 2001::/16 is left out: 2001:db8::/32 is in it. */
const registries6 = [
  [0x2400, 12],
  [0x2600, 12],
  [0x2800, 12],
  [0x2a00, 12],
  [0x2a00, 12],
  [0x2c00, 12],
] as const

/** First octets within which RFC 6890 keeps something for special use are left out whole, so that tests and gateways have a place. */
const special = new Set([0, 10, 100, 127, 169, 172, 192, 198, 203])

function isUnicast(octet: number): boolean {
  return octet < 224 && !special.has(octet)
}
