import type { BranchSchema, LeafListSchema, LeafSchema, ListSchema } from '../schema/node.ts'

/** One level down: a container, or the entry of a list that the keys name. */
export interface Step {
  readonly schema: BranchSchema
  readonly keys: readonly string[]
}

/** What a statement that refers to something (delete, deactivate, show) names. */
export interface Target {
  readonly steps: readonly Step[]
  /** A leaf, some values of a leaf-list, or a whole list; absent when the last step itself is meant. */
  readonly member?: { readonly schema: LeafSchema | LeafListSchema | ListSchema; readonly values: readonly string[] }
}

/** The words that spell the steps in a set command. */
export function stepWords(steps: readonly Step[]): string[] {
  return steps.flatMap(step => [...ownWords(step.schema), ...step.keys])
}

/** The keyword of a branch, none for an entry of a keyless list. */
export function ownWords(schema: BranchSchema): string[] {
  return schema.kind === 'list' && !schema.keyword ? [] : [schema.name]
}
