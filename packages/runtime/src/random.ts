import { randomBytes } from 'node:crypto'

/** The only source of chance. */
export interface Random {
  /** A number in [0, 1). */
  number(): number
  /** `length` random bytes as lower-case hexadecimal. */
  hex(length: number): string
}

/** The machine's own. What it gives may be used for secrets. */
export const systemRandom: Random = {
  number: () => randomBytes(4).readUInt32LE() / 2 ** 32,
  hex: length => randomBytes(length).toString('hex'),
}

/** The same numbers for the same seed (mulberry32). Never for secrets. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = state
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return (mixed ^ (mixed >>> 14)) >>> 0
  }
  return {
    number: () => next() / 2 ** 32,
    hex: length => Array.from({ length }, () => (next() & 0xff).toString(16).padStart(2, '0')).join(''),
  }
}
