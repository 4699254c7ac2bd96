import { patternText, type ValueType } from './value.ts'

/** A size in bytes with an optional `k`, `m` or `g`: `64k`, `10m`. */
export const fileSize: ValueType = patternText(
  'size',
  /^[1-9]\d{0,9}[kmg]?$/,
  value => `Invalid numeric value: '${value}'`,
)
