import { choice } from '../values/choice.ts'
import { logicalInterfaceName } from '../values/name.ts'
import { routeDistinguisher, targetCommunity } from '../values/routing.ts'
import { boundedText, patternText } from '../values/value.ts'
import { container, key, leaf, list } from './dsl.ts'
import { policyList } from './references.ts'
import { routingOptionsOf } from './routing-options.ts'

const instanceNameType = patternText(
  'instance_name',
  /^(?!(default|master|all)$)[A-Za-z0-9_.-]{1,128}$/,
  value => `invalid routing instance name: '${value}'`,
)

const instanceType = choice({
  evpn: 'EVPN routing instance',
  forwarding: 'Forwarding instance',
  l2vpn: 'Layer 2 VPN routing instance',
  'layer2-control': 'Layer 2 control routing instance',
  'mac-vrf': 'MAC VRF routing instance',
  'mpls-forwarding': 'MPLS forwarding instance',
  'no-forwarding': 'Nonforwarding instance',
  'virtual-router': 'Virtual routing instance',
  'virtual-switch': 'Virtual switch routing instance',
  vpls: 'VPLS routing instance',
  vrf: 'Virtual routing forwarding instance',
})

const vrfTarget = container(
  'vrf-target',
  'VRF target community configuration',
  () => [
    leaf('community', 'Target community to use in import and export', targetCommunity, { keyword: false }),
    leaf('import', 'Target community to use when filtering on import', targetCommunity),
    leaf('export', 'Target community to use when marking routes on export', targetCommunity),
  ],
  { oneLine: 'single' },
)

/** Instances of routing beside the main one, each with its own interfaces and tables. */
export const routingInstances = container('routing-instances', 'Routing instance configuration', () => [
  list(
    'instance',
    'Routing instance name',
    key('instance-name', 'Routing instance name', instanceNameType),
    () => [
      leaf('description', 'Text description of routing instance', boundedText('description', 1, 255)),
      leaf('instance-type', 'Type of routing instance', instanceType),
      list(
        'interface',
        'Interface name for this routing instance',
        key('interface-name', 'Interface name', logicalInterfaceName),
        [],
        { order: 'system' },
      ),
      leaf('route-distinguisher', 'Route distinguisher for this instance', routeDistinguisher),
      policyList('vrf-import', 'Import policy for VRF instance RIBs'),
      policyList('vrf-export', 'Export policy for VRF instance RIBs'),
      vrfTarget,
      container('vrf-table-label', 'Advertise a single VPN label for all routes in the VRF', () => [], {
        presence: true,
      }),
      container('routing-options', 'Protocol-independent routing option configuration', () =>
        routingOptionsOf('instance'),
      ),
    ],
    { keyword: false, order: 'system' },
  ),
])
