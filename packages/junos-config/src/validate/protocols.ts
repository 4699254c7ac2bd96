import type { ConfigView } from '../tree/view.ts'
import { placeless, step } from './place.ts'
import type { Problem } from './problem.ts'
import { routingPlaces } from './routing-places.ts'

/** What rpd's check demands of the protocols, in its recorded words. */
export function checkProtocols(config: ConfigView): Problem[] {
  const policies = config.at('policy-options')
  const deviceAs = config.at('routing-options', 'autonomous-system').exists
  return [
    ...routingPlaces(config, 'protocols').flatMap(({ instance, view }) => {
      const instanceAs = instance !== '' && hasOwnAs(config.at('routing-instances', instance))
      return checkBgp(view.at('bgp'), policies, deviceAs || instanceAs)
    }),
    ...checkLsps(config.at('protocols')),
  ]
}

function hasOwnAs(instance: ConfigView): boolean {
  return instance.at('routing-options', 'autonomous-system').exists
}

function checkBgp(bgp: ConfigView, policies: ConfigView, numbered: boolean): Problem[] {
  if (!bgp.exists) return []
  const problems: Problem[] = []
  for (const group of bgp.list('group')) {
    for (const neighbor of group.list('neighbor')) {
      const said = (name: string) => [neighbor, group, bgp].some(place => place.has(name))
      const refuse = (message: string) =>
        problems.push(placeless(`Error in neighbor ${neighbor.key} of group ${group.key}:\n${message}`))
      if (!numbered && !said('local-as')) refuse('must define local autonomous system when enabling BGP')
      if (group.leaf('type') !== 'internal' && !said('peer-as')) {
        refuse('peer AS number must be configured for an external peer')
      }
    }
  }
  const places = [bgp, ...bgp.list('group'), ...bgp.list('group').flatMap(group => group.list('neighbor'))]
  for (const list of ['import', 'export']) {
    const names = places.flatMap(place => place.values(list))
    if (names.some(name => !policies.at('policy-statement', name).exists)) {
      problems.push(placeless(`BGP: ${list} list not applied`))
    }
  }
  return problems
}

/** A path without an end is only a template. */
function checkLsps(protocols: ConfigView): Problem[] {
  const mpls = protocols.at('mpls')
  return mpls.list('label-switched-path').flatMap((lsp): Problem[] => {
    if (lsp.has('to') || lsp.has('template')) return []
    const message = "Missing mandatory statement: 'to'"
    const path = [step(protocols), step(mpls)]
    return [{ severity: 'error', kind: 'missing', path, statement: `label-switched-path ${lsp.key}`, message }]
  })
}
