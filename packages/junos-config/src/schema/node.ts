import type { ValueType } from '../values/value.ts'
import type { Statements } from './statements.ts'

/** What every statement of the schema says of itself. */
interface Common {
  readonly name: string
  readonly help: string
  /** Accepted and shown, but never offered by help or completion. */
  readonly hidden?: boolean
  /** Written with `## SECRET-DATA`. */
  readonly secret?: boolean
  /** The parent is incomplete without it: commit refuses. */
  readonly mandatory?: boolean
  /** Siblings that carry the same name exclude each other: setting one removes the others. */
  readonly choice?: string
  /** First release that has it, `21.1` (informative: help and docs). */
  readonly since?: string
}

/**
 * When a branch is written on its line, without braces: never; while a single leaf is all that is in it
 * (`route 0.0.0.0/0 next-hop 10.0.0.1;`); or whatever is in it (`file rpd size 1m files 5;`). The vendor's YANG calls
 * the last two `oneliner-plus` and `oneliner`.
 */
export type OneLine = 'never' | 'single' | 'always'

/** A fixed name with statements inside. */
export interface ContainerSchema extends Common {
  readonly kind: 'container'
  readonly oneLine: OneLine
  /** Means something even when empty (`ssh;`). An empty container without presence doesn't exist. */
  readonly presence: boolean
  /** Written in front of each child, as `family inet { ... }`; all children are containers. */
  readonly prefix: boolean
  /**
   * Stands in text alone, around the entries of the one list in it: `name-server { 192.0.2.1; 192.0.2.2; }`. In XML and JSON the
   * entries, of the same name, stand in its place.
   */
  readonly grouped: boolean
  readonly statements: Statements
}

/** One positional key of a list. */
export interface KeySchema {
  readonly name: string
  readonly help: string
  readonly type: ValueType
  /** The further key that some values of this one take (`upto /24`, where `exact` stands alone). */
  readonly argument?: (value: string) => KeySchema | undefined
}

/** Entries named by their keys, with statements inside. */
export interface ListSchema extends Common {
  readonly kind: 'list'
  /** False where entries stand in their parent by key alone (`interfaces { xe-0/0/0 { ... } }`). */
  readonly keyword: boolean
  readonly keys: readonly KeySchema[]
  readonly order: 'system' | 'user'
  /** Order of system-ordered entries, by their first keys. */
  readonly compare: (a: string, b: string) => number
  readonly oneLine: OneLine
  /** At most one entry: another takes its place (`priority 3 3`, two numbers that are one setting). */
  readonly single: boolean
  readonly statements: Statements
}

/** A value, or with no type a flag that is set or not (`disable;`). */
export interface LeafSchema extends Common {
  readonly kind: 'leaf'
  readonly type: ValueType | undefined
  readonly default?: string
  /** False where the value stands without its name (a certificate's text). */
  readonly keyword: boolean
  /** The name may be typed all the same, as some releases want it. */
  readonly named?: true
  /** The CLI asks for it and stores something else (`plain-text-password`): never part of a configuration. */
  readonly prompted: boolean
}

/** Several values of one type, in the order given. */
export interface LeafListSchema extends Common {
  readonly kind: 'leaf-list'
  readonly type: ValueType
}

export type BranchSchema = ContainerSchema | ListSchema
export type SchemaNode = BranchSchema | LeafSchema | LeafListSchema

/** Whether a branch has no element of its own in XML and JSON. */
export function isGrouped(schema: BranchSchema): boolean {
  return schema.kind === 'container' && schema.grouped
}

/** The name of a statement in XML and JSON. An element's name begins with no digit: `802.3ad` is `ieee-802.3ad`. */
export function elementName({ name }: SchemaNode): string {
  return /^\d/.test(name) ? `ieee-${name}` : name
}
