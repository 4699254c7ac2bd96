import type { ConfigView } from '@hangar/junos-config'

/** The routing instance of each logical interface that is in one. `root`: a configuration from its root. */
export function instancesOf(root: ConfigView): ReadonlyMap<string, string> {
  const instances = root.at('routing-instances').list()
  return new Map(
    instances.flatMap(instance =>
      // Unit 0 is meant where none is said.
      instance.list('interface').map(({ key }) => [key.includes('.') ? key : `${key}.0`, instance.key] as const),
    ),
  )
}
