import { ipAddress, ipPrefix } from '../values/address.ts'
import { identifier, logicalInterfaceName } from '../values/name.ts'
import { integer } from '../values/number.ts'
import { bandwidth } from '../values/routing.ts'
import { boundedText, text, type ValueType } from '../values/value.ts'
import { keyChain } from './authentication.ts'
import { container, flag, key, leaf, list } from './dsl.ts'
import type { ContainerSchema, SchemaNode } from './node.ts'
import { protocolInterface } from './protocol-interface.ts'
import { policyList } from './references.ts'
import { unsigned } from './route-attributes.ts'
import { commonFlags, traceOptions } from './trace-options.ts'

/*
 * The protocols that give out labels, as they are configured: nobody speaks them here.
 */

const gracefulRestart = (...more: readonly SchemaNode[]) =>
  container('graceful-restart', 'Keep forwarding while the protocol starts anew', () => [
    flag('disable', "Don't"),
    flag('helper-disable', "Don't help others"),
    ...more,
  ])

/** An address, or which of the router's it is. */
const transportAddress: ValueType = {
  ...ipAddress('inet'),
  choices: [
    { name: 'interface', help: 'That of the interface' },
    { name: 'router-id', help: 'That of the router' },
  ],
  open: true,
  read: text => (text === 'interface' || text === 'router-id' ? { value: text } : ipAddress('inet').read(text)),
}

const address = key('address', 'Address of the neighbor', ipAddress('inet'))
const secretKey = leaf('authentication-key', 'Key', text, { secret: true })

export function ldp(): ContainerSchema {
  const hold = leaf('hold-time', 'Seconds without a hello', integer(1, 65535))
  const hello = leaf('hello-interval', 'Seconds between hellos', integer(1, 65535))
  return container('ldp', 'LDP options', () => [
    traceOptions({
      error: 'Faulty packets',
      event: 'Events',
      packets: 'All packets',
      initialization: 'First packets',
      label: 'Labels',
      path: 'Paths',
      binding: 'Bindings',
      ...commonFlags,
    }),
    gracefulRestart(leaf('reconnect-time', 'Seconds to come back', integer(30, 300))),
    flag('auto-targeted-session', 'Sessions with those that protect links'),
    leaf('preference', 'Preference of routes', unsigned),
    flag('track-igp-metric', 'Track the IGP metric'),
    flag('deaggregate', 'A label for each prefix'),
    flag('no-deaggregate', 'A label for prefixes that leave together'),
    flag('explicit-null', 'Give out the label that stands for none'),
    flag('l2-smart-policy', 'Nothing of IPv4 for pseudowires'),
    leaf('keepalive-interval', 'Seconds between signs of life', integer(1, 65535)),
    leaf('keepalive-timeout', 'Seconds without a sign of life', integer(1, 65535)),
    leaf('transport-address', 'Address used for TCP sessions', transportAddress),
    policyList('import', 'Import policy'),
    policyList('export', 'Export policy'),
    policyList('egress-policy', 'Policy for labels of this router'),
    container('targeted-hello', 'Hellos to those further off', () => [hello, hold]),
    protocolInterface(() => [flag('disable', 'Disable LDP on this interface'), hello, hold]),
    list('session', 'Session', address, () => [secretKey, keyChain]),
    list('session-group', 'Sessions by prefix', key('prefix', 'Prefix', ipPrefix('refused', 'inet')), () => [
      secretKey,
      keyChain,
    ]),
    list('neighbor', 'Neighbor further off', address, []),
  ])
}

export function rsvp(): ContainerSchema {
  const protection = container(
    'link-protection',
    'Protect traffic with a label-switched path',
    () => [
      flag('disable', "Don't"),
      leaf('bandwidth', 'Bandwidth of the way around', bandwidth),
      leaf('max-bypasses', 'Ways around', integer(0, 99)),
      flag('no-node-protection', 'Not around routers'),
    ],
    { presence: true },
  )
  return container('rsvp', 'RSVP options', () => [
    flag('disable', 'Disable RSVP'),
    traceOptions({
      error: 'Faulty packets',
      event: 'Events',
      packets: 'All packets',
      path: 'Path messages',
      resv: 'Resv messages',
      lmp: 'Links to optical devices',
      ...commonFlags,
    }),
    gracefulRestart(
      leaf('maximum-helper-recovery-time', 'Seconds to help with coming back', integer(1, 3600)),
      leaf('maximum-helper-restart-time', 'Seconds to help with starting', integer(1, 1800)),
    ),
    leaf('refresh-time', 'Seconds between refreshes', integer(1, 65535), { default: '30' }),
    leaf('keep-multiplier', 'Refreshes that may be missed', integer(1, 255), { default: '3' }),
    container('load-balance', 'Sharing between paths', () => [flag('bandwidth', 'By bandwidth')]),
    protocolInterface(() => [
      flag('disable', 'Disable RSVP on this interface'),
      secretKey,
      flag('aggregate', 'Several messages in one'),
      flag('no-aggregate', 'Each message by itself'),
      flag('reliable', 'Acknowledge messages'),
      flag('no-reliable', "Don't acknowledge messages"),
      leaf('hello-interval', 'Hello interval', integer(0, 60)),
      leaf('subscription', 'Link bandwidth percentage for RSVP reservation', integer(0, 65000)),
      leaf('bandwidth', 'Available bandwidth', bandwidth),
      leaf('update-threshold', 'Percentage of change that is told', integer(1, 20)),
      protection,
    ]),
  ])
}

/** `l2circuit neighbor 192.0.2.1 { interface ge-0/0/1.0 { virtual-circuit-id 1; } }`. */
export function l2circuit(): ContainerSchema {
  return container('l2circuit', 'Layer 2 circuits over MPLS', () => [
    list('neighbor', 'Router at the other end', key('address', 'Its address', ipAddress('inet')), () => [
      list('interface', 'Interface', key('interface-name', 'Logical interface', logicalInterfaceName), () => [
        leaf('psn-tunnel-endpoint', 'End of the tunnel', ipAddress('inet')),
        leaf('community', 'Community', identifier),
        leaf('description', 'What it is', boundedText('description', 0, 900)),
        leaf('virtual-circuit-id', 'Number of the circuit', integer(1, 4294967295), { mandatory: true }),
        leaf('mtu', 'MTU that is told', integer(0, 65535)),
        flag('control-word', 'Add the control word'),
        flag('no-control-word', "Don't add the control word"),
        flag('ignore-mtu-mismatch', 'Whatever the MTU of the other end'),
        flag('ignore-encapsulation-mismatch', 'Whatever the encapsulation of the other end'),
        list('backup-neighbor', 'Routers that take over', key('address', 'Address', ipAddress('inet')), () => [
          leaf('virtual-circuit-id', 'Number of the circuit', integer(1, 4294967295)),
          flag('standby', 'Set up from the start'),
        ]),
      ]),
    ]),
  ])
}
