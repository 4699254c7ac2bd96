import type { LogicalInterface, PhysicalInterface } from '@hangar/protocol/hangar/kernel/v1/kernel_pb'

/** An interface as a command asked for it: the port with the units that were meant, or units alone. */
export interface Selected {
  readonly ifd: PhysicalInterface
  /** False where a unit was named: the port itself is not shown then. */
  readonly whole: boolean
  readonly units: readonly LogicalInterface[]
}

/** Interface names are shorter than this; a longer text names none. */
const longestName = 64
const wildcard = /[*?[]/

/**
 * The interfaces that a name means: all without one; a port with its units ("xe-0/0/0"); one unit ("xe-0/0/0.0"); or those that
 * match a pattern with `*`, `?` and `[0-3]`, of ports, or of units when it has a dot. Undefined for a plain name of nothing.
 */
export function selectInterfaces(
  interfaces: Iterable<PhysicalInterface>,
  name: string | undefined,
): readonly Selected[] | undefined {
  const all = [...interfaces]
  if (name === undefined) return all.map(whole)
  const matches = matcher(name)
  const ports = all.filter(ifd => matches(ifd.name)).map(whole)
  const units = name.includes('.')
    ? all.flatMap(ifd => {
        const meant = ifd.units.filter(ifl => matches(`${ifd.name}.${ifl.unit}`))
        return meant.length > 0 ? [{ ifd, whole: false, units: meant }] : []
      })
    : []
  const found = [...ports, ...units]
  return found.length > 0 || wildcard.test(name) ? found : undefined
}

function whole(ifd: PhysicalInterface): Selected {
  return { ifd, whole: true, units: ifd.units }
}

function matcher(name: string): (candidate: string) => boolean {
  if (name.length > longestName) return () => false
  if (!wildcard.test(name)) return candidate => candidate === name
  const pattern = name
    .split(/(\*+|\?|\[[^\]]*\])/)
    .map(part => {
      if (part.startsWith('*')) return '.*'
      if (part === '?') return '.'
      if (part.startsWith('[') && part.endsWith(']')) return characterSet(part.slice(1, -1))
      return part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    })
    .join('')
  const expression = new RegExp(`^${pattern}$`)
  return candidate => expression.test(candidate)
}

/** The set of a pattern's brackets. A range that runs backwards, or an empty set, means nothing. */
function characterSet(inner: string): string {
  const members = inner.replace(/[\\^\]]/g, '\\$&')
  const backwards = [...inner.matchAll(/(.)-(.)/g)].some(([, from, to]) => from! > to!)
  return inner === '' || backwards ? '(?!)' : `[${members}]`
}
