import { rootSchema } from '../schema/root.ts'
import { type Branch, emptyBranch } from './node.ts'
import { ConfigView } from './view.ts'

/** The root of a configuration in which nothing is set. */
export const emptyRoot: Branch = emptyBranch(rootSchema)

/** A configuration for reading, from its root. */
export function viewOf(root: Branch): ConfigView {
  return new ConfigView(root.schema, root)
}
