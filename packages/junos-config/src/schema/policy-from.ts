import { ipAddress } from '../values/address.ts'
import { choice } from '../values/choice.ts'
import { identifier, nextHop } from '../values/name.ts'
import { integer } from '../values/number.ts'
import { areaId } from '../values/routing.ts'
import { container, flag, key, leaf, leafList, list } from './dsl.ts'
import type { ContainerSchema, SchemaNode } from './node.ts'
import { routeActions } from './policy-then.ts'
import {
  asPathGroupName,
  asPathName,
  communityName,
  conditionName,
  instanceName,
  policyList,
  prefixListName,
  ribListName,
  routeFilterListName,
  sourceFilterListName,
} from './references.ts'
import { attributes, origins, unsigned } from './route-attributes.ts'
import { listMatch, modifiers, routeFilters } from './route-filter.ts'

const families = choice({
  inet: 'IPv4 family',
  'inet-vpn': 'IPv4-VPN family',
  inet6: 'IPv6 family',
  'inet6-vpn': 'IPv6-VPN family',
  'iso-vpn': 'ISO-VPN family',
  iso: 'ISO family',
  evpn: 'EVPN family',
  'inet-mvpn': 'IPv4 Multicast VPN family',
  'inet6-mvpn': 'IPv6 Multicast VPN family',
  'inet-mdt': 'IPv4 MDT Signaling family',
  'route-target': 'Local route target VPN family',
  'traffic-engineering': 'Traffic Engineering family',
  'inet-srte': 'IPv4 segment routing TE family',
  'inet6-srte': 'IPv6 segment routing TE family',
})

const protocols = choice({
  access: 'Access server routes',
  'access-internal': 'Internal routes to directly connected clients',
  aggregate: 'Aggregate routes',
  anchor: 'Anchor routes',
  'ari-ts': 'ARI TS routes',
  arp: 'Addresses learned from ARP',
  bgp: 'BGP',
  'bgp-ls-epe': 'Addresses created by BGP-LS egress TE',
  'bgp-static': 'BGP static routes',
  direct: 'Directly connected routes',
  dvmrp: 'Distance Vector Multicast Routing Protocol',
  esis: 'End System-to-Intermediate System',
  evpn: 'Ethernet VPN Service',
  'express-segments': 'Express-segment routes',
  frr: 'Addresses created by Host Fast Re-route',
  isis: 'Intermediate System-to-Intermediate System',
  'l-isis': 'Labelled ISIS',
  'l-ospf': 'Labelled OSPF',
  'l2-learned-host-routing': 'Layer2-learned host routes',
  l2circuit: 'Layer 2 circuits',
  l2vpn: 'Layer 2 MPLS virtual private networks',
  ldp: 'Label Distribution Protocol',
  local: 'Local system addresses',
  mpls: 'Multiprotocol Label Switching',
  msdp: 'Multicast Source Discovery Protocol',
  ospf: 'Open Shortest Path First',
  ospf2: 'Open Shortest Path First Version 2',
  ospf3: 'Open Shortest Path First Version 3',
  pim: 'Protocol Independent Multicast',
  rift: 'RIFT routes',
  rip: 'Routing Information Protocol',
  ripng: 'Routing Information Protocol next generation',
  'route-target': 'Local route target VPN membership',
  rsvp: 'Resource Reservation Protocol',
  'spring-te': 'SPRING Traffic-Engineered',
  srv6: 'Segment Routing IPv6 local route',
  'srv6-isis': 'SRV6 ISIS',
  static: 'Statically defined addresses',
  vpls: 'Virtual Private LAN Service',
})

/** What a term asks of a route's source (`from`) and of where it goes (`to`), in the order shown. */
function conditions(): readonly SchemaNode[] {
  return [
    leaf('instance', 'Routing protocol instance', instanceName),
    flag('instance-any', 'Any routing protocol instance'),
    leafList('instance-list', 'A list of routing protocol instances', instanceName),
    leaf('family', 'Address family', families),
    leafList('protocol', 'Protocol from which route was learned', protocols),
    leaf('rib', 'Routing table', identifier),
    leafList('neighbor', 'Neighboring router', ipAddress()),
    leafList('next-hop', 'Next-hop router', ipAddress()),
    leafList('interface', 'Interface name or address', nextHop),
    leaf('area', 'OSPF area identifier', areaId),
    leafList('as-path', 'Name of AS path regular expression (BGP only)', asPathName),
    leafList('as-path-group', 'Name of AS path group (BGP only)', asPathGroupName),
    leaf('origin', 'BGP origin attribute', origins),
    leafList('community', 'BGP community', communityName),
    leaf('level', 'IS-IS level', integer(1, 2)),
    container('external', 'External route', () => [leaf('type', 'OSPF external metric type', integer(1, 2))], {
      presence: true,
    }),
    flag('programmed', 'API-programmed route'),
    ...attributes('metric', 'metric2', 'metric3', 'metric4'),
    leafList('tag', 'Tag string', unsigned),
    ...attributes('tag2', 'preference', 'preference2', 'color', 'color2'),
    leaf('local-preference', 'Local preference associated with a route', unsigned),
    policyList('policy', 'Name of policy to evaluate'),
  ]
}

/** What only the source of a route can be asked. */
function sourceConditions(): readonly SchemaNode[] {
  return [
    routeFilters('route-filter', 'List of routes to match', routeActions),
    routeFilters('source-address-filter', 'List of source addresses to match', routeActions),
    list(
      'prefix-list',
      'List of prefix-lists of routes to match',
      key('name', 'Name of prefix-list of routes to match', prefixListName),
      () => [flag('invert-match', 'Invert the result of the prefix-list matching')],
    ),
    list('rib-list', 'List of routing-tables', key('name', 'RIB list', ribListName), []),
    list(
      'prefix-list-filter',
      'List of prefix-list-filters to match',
      [key('list_name', 'Name of prefix-list of routes to match', prefixListName), listMatch],
      () => [flag('invert-match', 'Invert the result of the prefix-list-filter matching'), ...routeActions()],
      { oneLine: 'single' },
    ),
    list(
      'route-filter-list',
      'List of route-filter-lists of routes to match',
      key('name', 'Name of route-filter-list of routes to match', routeFilterListName),
      () => [...modifiers(), ...routeActions()],
      { oneLine: 'single' },
    ),
    list(
      'source-address-filter-list',
      'List of source-address-filter-lists of routes to match',
      key('name', 'Name of source-address-filter-list of routes to match', sourceFilterListName),
      () => [...modifiers(), ...routeActions()],
      { oneLine: 'single' },
    ),
    leafList('condition', 'Conditions that have to hold', conditionName),
    flag('aggregate-contributor', 'Match more specifics of an aggregate'),
    leaf('state', 'Route state', choice({ active: 'Active route', inactive: 'Inactive route' })),
    leaf('route-type', 'Route type', choice({ internal: 'Internal route', external: 'External route' })),
    leaf('next-hop-type', 'Next-hop type', choice({ merged: 'Merged next hop' })),
    leafList('route-distinguisher', 'Name of the route-distinguisher', identifier),
  ]
}

/** `from { ... }`, on its line while it asks one thing. */
export function fromConditions(): ContainerSchema {
  const help = 'Conditions to match the source of a route'
  return container('from', help, () => [...conditions(), ...sourceConditions()], { oneLine: 'single' })
}

/** `to { ... }`. */
export function toConditions(): ContainerSchema {
  return container('to', 'Conditions to match the destination of a route', conditions, { oneLine: 'single' })
}
