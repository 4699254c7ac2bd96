import type { AttributeValues } from '../rib/attributes.ts'

/** The numbers of a route that terms ask for and change, in the words of the configuration. metric3 and metric4 no route of ours has. */
export const numberNames = [
  'metric',
  'metric2',
  'metric3',
  'metric4',
  'tag',
  'tag2',
  'preference',
  'preference2',
  'color',
  'color2',
  'local-preference',
] as const
export type NumberName = (typeof numberNames)[number]

const MOST = 0xffffffff

/** What is not set reads as 0, as on a router; a route that is not BGP's has no local preference at all. */
export function numberOf(values: AttributeValues, name: NumberName): number | undefined {
  switch (name) {
    case 'metric':
      return values.metric ?? values.bgp?.med ?? 0
    case 'metric3':
    case 'metric4':
      return 0
    case 'preference2':
      return values.preference2 >>> 0
    case 'local-preference':
      return values.bgp?.localPreference
    default:
      return values[name] ?? 0
  }
}

/** The values with one number changed, kept within 32 bits. */
export function withNumber(values: AttributeValues, name: NumberName, number: number): AttributeValues {
  const value = Math.min(MOST, Math.max(0, number))
  switch (name) {
    case 'metric':
      return { ...values, metric: value, ...(values.bgp ? { bgp: { ...values.bgp, med: value } } : {}) }
    case 'metric3':
    case 'metric4':
      return values
    case 'local-preference':
      return values.bgp ? { ...values, bgp: { ...values.bgp, localPreference: value } } : values
    default:
      return { ...values, [name]: value }
  }
}
