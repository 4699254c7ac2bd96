import { choice } from '../values/choice.ts'
import { integer } from '../values/number.ts'
import { flag, leaf, oneOf } from './dsl.ts'
import type { LeafSchema } from './node.ts'

/** What metrics, tags and preferences are. */
export const unsigned = integer(0, 4294967295)

/** The numbers that a route carries and a policy matches or changes, in the order shown, each with its help. */
export const attributeNames: Readonly<Record<string, string>> = {
  metric: 'Metric value',
  metric2: 'Metric value 2',
  metric3: 'Metric value 3',
  metric4: 'Metric value 4',
  tag: 'Tag string',
  tag2: 'Tag string 2',
  preference: 'Preference value',
  preference2: 'Preference value 2',
  color: 'Color (preference) value',
  color2: 'Color (preference) value 2',
}

/** BGP's origin attribute (RFC 4271 5.1.1). */
export const origins = choice({
  igp: 'Path originated in the local IGP',
  egp: 'Path originated in another AS',
  incomplete: 'Path was learned by some other means',
})

/** One leaf for each of some attributes. */
export function attributes(...names: readonly string[]): LeafSchema[] {
  return names.map(name => leaf(name, attributeNames[name]!, unsigned))
}

/** Pairs of opposites, of which at most one is set (`retain | no-retain`). */
export function opposites(name: string, yes: string, no: string): LeafSchema[] {
  return oneOf(name, [flag(name, yes), flag(`no-${name}`, no)])
}
