import { parsePrefix } from '@hangar/inet'
import { emptyRoot, loadSet, viewOf } from '@hangar/junos-config'
import { Policies } from '../policy/policies.ts'
import { PolicyRoute } from '../policy/policy-route.ts'
import { wordsOf } from '../rib/words.ts'

/** `policy-options` from set commands without that in front; every line has to be right. */
export function policyOptions(...lines: readonly string[]) {
  const loaded = loadSet(emptyRoot, lines.map(line => `set policy-options ${line}`).join('\n'))
  if (loaded.errorCount > 0) throw new Error(JSON.stringify(loaded.errors))
  return viewOf(loaded.root).at('policy-options')
}

export function testPolicies(...lines: readonly string[]): Policies {
  const policies = new Policies()
  policies.configure(policyOptions(...lines))
  return policies
}

/** A static route, as a policy sees it. */
export function policyRoute(text = '10.1.0.0/16', more: Partial<PolicyRoute> = {}): PolicyRoute {
  const { address, length } = parsePrefix(text)!
  const { family } = address
  const [k0, k1, k2, k3] = wordsOf(address)
  const place = { family, tableFamily: family, table: `${family}.0`, k0, k1, k2, k3, length }
  return Object.assign(new PolicyRoute(), place, more)
}
