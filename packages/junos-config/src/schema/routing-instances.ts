import { choice } from '../values/choice.ts'
import { logicalInterfaceName } from '../values/name.ts'
import { integer } from '../values/number.ts'
import { routeDistinguisher, targetCommunity } from '../values/routing.ts'
import { boundedText, patternText } from '../values/value.ts'
import { container, flag, key, leaf, list } from './dsl.ts'
import { dhcpRelay } from './forwarding-options.ts'
import { instanceProtocols } from './protocols.ts'
import { policyList } from './references.ts'
import { routingOptionsOf } from './routing-options.ts'
import { bridgeDomains, vlans } from './vlans.ts'

const instanceName = patternText(
  'instance_name',
  /^(?!(__.*__|all|master|default)$)\S{1,128}$/,
  () => 'Must be a non-reserved string of 128 characters or less with no spaces.',
)

const instanceType = choice({
  evpn: 'EVPN routing instance',
  'evpn-vpws': 'EVPN VPWS routing instance',
  forwarding: 'Forwarding instance',
  l2vpn: 'Layer 2 VPN routing instance',
  'layer2-control': 'Layer 2 control protocols',
  'mac-vrf': 'MAC-VRF routing instance',
  'mpls-forwarding': 'Routing instance provides a MPLS forwarding-context',
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
    flag('auto', 'Auto derive import and export target community from BGP AS & L2'),
  ],
  { oneLine: 'single' },
)

const vrfTableLabel = container(
  'vrf-table-label',
  'Advertise a single VPN label for all routes in the VRF',
  () => [
    leaf('static', 'Specify label value to be used', integer(16, 1_048_575)),
    flag('source-class-usage', 'Enable source class usage'),
  ],
  { presence: true, oneLine: 'always' },
)

/** Instances of routing beside the main one, each with interfaces and tables of its own. */
export const routingInstances = container('routing-instances', 'Routing instance configuration', () => [
  list(
    'instance',
    'Routing instance name',
    key('instance-name', 'Routing instance name', instanceName),
    () => [
      leaf('instance-type', 'Type of routing instance', instanceType),
      container('routing-options', 'Protocol-independent routing option configuration', () =>
        routingOptionsOf('instance'),
      ),
      instanceProtocols(),
      vlans,
      bridgeDomains,
      container('forwarding-options', 'Packet forwarding', () => [dhcpRelay()]),
      leaf('description', 'Text description of routing instance', boundedText('description', 1, 255)),
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
      leaf('vtep-source-interface', 'Interface that tunnels come from', logicalInterfaceName),
      flag('no-vrf-advertise', "Don't advertise this instance to remote PEs"),
      vrfTableLabel,
    ],
    { keyword: false, order: 'system' },
  ),
])
