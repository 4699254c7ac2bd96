import type { Problem } from '@hangar/daemon'
import type { ConfigView } from '@hangar/junos-config'

const statements = ['allow-commands', 'deny-commands', 'allow-configuration', 'deny-configuration']

/** What a login class can be configured to say and the CLI does not obey: said at each commit that touches it, as silence would let people trust in it. */
export function notEnforced(configuration: ConfigView): Problem[] {
  return configuration
    .at('system', 'login')
    .list('class')
    .flatMap(one =>
      statements
        .filter(name => one.has(name))
        .map(element => ({
          warning: true,
          path: ['system', 'login', 'class', one.key],
          element,
          message: 'statement is not enforced',
        })),
    )
}
