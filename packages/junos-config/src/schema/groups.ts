import { identifier } from '../values/name.ts'
import { container, key, list } from './dsl.ts'
import { hierarchies } from './hierarchies.ts'

/** Named pieces of configuration that `apply-groups` lays under the explicit one. */
export const groups = container('groups', 'Configuration groups', [
  list('group', 'Group name', key('group-name', 'Group name', identifier), hierarchies, { keyword: false }),
])
