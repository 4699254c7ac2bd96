import { boundedText } from '../values/value.ts'
import { applyGroups, leaf } from './dsl.ts'
import { groups } from './groups.ts'
import { hierarchies } from './hierarchies.ts'
import type { ContainerSchema } from './node.ts'
import { Statements } from './statements.ts'

/** The whole configuration, `[edit]`. */
export const rootSchema: ContainerSchema = {
  kind: 'container',
  name: '',
  help: '',
  presence: true,
  prefix: false,
  grouped: false,
  oneLine: 'never',
  statements: new Statements(() => [
    leaf('version', 'Software version information', boundedText('version', 1, 255)),
    groups,
    ...applyGroups,
    ...hierarchies(),
  ]),
}
