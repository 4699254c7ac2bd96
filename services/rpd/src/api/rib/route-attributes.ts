import type { AttributeSet, AttributeValues, RouteSource } from '../../rib/attributes.ts'
import type { Rib } from '../../rib/rib.ts'

/** A map of the contract: numbers that may be absent, under the keys 0 and 1. */
export type OptionalNumbers = Readonly<Record<number, { readonly value: number }>>

/** RouteAttributes of both generations; the last two are the classic one's alone. */
export interface AttributesMessage {
  readonly preferences: OptionalNumbers
  readonly tags: OptionalNumbers
  readonly colors: OptionalNumbers
  readonly metrics?: OptionalNumbers
  readonly noAdvertise?: boolean
}

/** Preferences of routes that do not say theirs. */
export interface DefaultPreferences {
  readonly preference: number
  readonly preference2: number
}

/** Static routes cannot be preferred to more than this. */
const FLOOR = 5
export const defaultPreferences: DefaultPreferences = { preference: FLOOR, preference2: 100 }

/** Whether all keys of a map mean something. */
export function hasKnownKeys(numbers: OptionalNumbers | undefined): boolean {
  return Object.keys(numbers ?? {}).every(key => key === '0' || key === '1')
}

/** What a map says of preferences, where it is silent `defaults`. */
export function preferencesOf(numbers: OptionalNumbers, defaults: DefaultPreferences): DefaultPreferences {
  return {
    preference: Math.max(FLOOR, numbers[0]?.value ?? defaults.preference),
    preference2: numbers[1]?.value ?? defaults.preference2,
  }
}

/** The attributes of a request's routes: read once, made into the set of whoever sends them. */
export class GivenAttributes {
  readonly #message: AttributesMessage
  readonly valid: boolean
  #set: AttributeSet | undefined
  #defaults: DefaultPreferences | undefined
  #stats = false

  constructor(message: AttributesMessage) {
    this.#message = message
    const { preferences, tags, colors, metrics } = message
    this.valid = [preferences, tags, colors, metrics].every(hasKnownKeys)
  }

  /** The set, which nobody holds yet. */
  intern(rib: Rib, source: RouteSource, defaults: DefaultPreferences, enableStats: boolean): AttributeSet {
    const known = this.#set
    if (
      known &&
      known.id !== 0 &&
      known.source === source &&
      this.#defaults === defaults &&
      this.#stats === enableStats
    )
      return known
    this.#set = rib.attributes.intern(source, this.#values(defaults, enableStats))
    this.#defaults = defaults
    this.#stats = enableStats
    return this.#set
  }

  #values(defaults: DefaultPreferences, enableStats: boolean): AttributeValues {
    const { preferences, tags, colors, metrics, noAdvertise = false } = this.#message
    return {
      ...preferencesOf(preferences, defaults),
      metric: metrics?.[0]?.value,
      metric2: metrics?.[1]?.value,
      tag: tags[0]?.value,
      tag2: tags[1]?.value,
      color: colors[0]?.value,
      color2: colors[1]?.value,
      noReadvertise: noAdvertise,
      enableStats,
    }
  }
}
