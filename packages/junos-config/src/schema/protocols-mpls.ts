import { ipAddress, routePrefix } from '../values/address.ts'
import { choice } from '../values/choice.ts'
import { identifier } from '../values/name.ts'
import { integer } from '../values/number.ts'
import { bandwidth } from '../values/routing.ts'
import { boundedText, reference } from '../values/value.ts'
import { container, flag, key, leaf, leafList, list, oneOf } from './dsl.ts'
import type { ContainerSchema, SchemaNode } from './node.ts'
import { protocolInterface } from './protocol-interface.ts'
import { unsigned } from './route-attributes.ts'
import { commonFlags, traceOptions } from './trace-options.ts'

const lspName = boundedText('path-name', 1, 64)

const pathName = reference(boundedText('path-name', 1, 32), {
  to: ['protocols', 'mpls', 'path'],
  message: name => `Referenced path '${name}' must be defined`,
})

const number = (name: string) => key(name, 'Priority: 0 is the highest, 7 the lowest', integer(0, 7))

/** `priority 7 0;`: to set the path up, and to keep it. */
const priority = list(
  'priority',
  'Preemption priorities for the LSP',
  [number('setup-priority'), number('reservation-priority')],
  [],
  { oneLine: 'always', single: true },
)

const adminGroup = container('admin-group', 'Administrative group policy', () => [
  leafList('include-any', 'Groups, one or more of which must be present', identifier),
  leafList('include-all', 'Groups, all of which must be present', identifier),
  leafList('exclude', 'Groups, all of which must be absent', identifier),
])

/** What is said of an LSP, and may be said anew of each of its paths. */
function pathOptions(): readonly SchemaNode[] {
  return [
    leaf('bandwidth', 'Bandwidth to reserve', bandwidth),
    leaf('hop-limit', 'Maximum allowed router hops', integer(2, 255)),
    flag('no-cspf', 'Disable automatic path computation'),
    leaf('preference', 'Preference value', unsigned),
    priority,
    adminGroup,
    flag('adaptive', 'Have the LSP smoothly cut over to new routes'),
    leaf('optimize-timer', 'Periodical path reoptimizations', integer(0, 65535)),
    ...oneOf('record', [flag('record', 'Record transit routers'), flag('no-record', "Don't record transit routers")]),
    flag('standby', 'Keep backup paths in continuous standby'),
  ]
}

function path(name: 'primary' | 'secondary', help: string): SchemaNode {
  return list(name, help, key('path-name', 'Name of path', pathName), pathOptions)
}

const lsp = list('label-switched-path', 'Label-switched path', key('path-name', 'Name of path', lspName), () => [
  flag('disable', 'Disable MPLS label-switched path'),
  flag('template', 'Set of attributes defined as a template'),
  leaf('description', 'Text description of label-switched path', boundedText('description', 0, 80)),
  leaf('from', 'Address of ingress router', ipAddress()),
  leaf('to', 'Address of egress router', ipAddress()),
  leaf('metric', 'Next-hop metric value', integer(1, 16777215)),
  flag('ldp-tunneling', 'Allow LDP to use this LSP for tunneling'),
  flag('no-install-to-address', "Don't install host route 'to' address into routing tables"),
  list(
    'install',
    'Install prefix',
    key('prefix', 'Destination prefix', routePrefix()),
    () => [flag('active', 'Install prefix into forwarding table')],
    { oneLine: 'single' },
  ),
  leaf('retry-timer', 'Time before retrying the primary path', integer(1, 600), { default: '30' }),
  leaf('retry-limit', 'Maximum number of times to retry primary path', integer(0, 10000), { default: '0' }),
  ...pathOptions(),
  ...oneOf<SchemaNode>('protection', [
    container(
      'fast-reroute',
      'Fast reroute',
      () => [leaf('hop-limit', 'Maximum allowed router hops', integer(0, 255))],
      {
        presence: true,
      },
    ),
    flag('link-protection', 'Protect LSP from link faults only'),
    flag('node-link-protection', 'Protect LSP from both link and node faults'),
  ]),
  path('primary', 'Preferred path'),
  path('secondary', 'Backup path'),
])

const hops = list(
  'path',
  'Route of a label-switched path',
  key('path-name', 'Name of path', boundedText('path-name', 1, 32)),
  () => [
    list(
      'path-list',
      'Address of router',
      key('address', 'Address or hostname of router', ipAddress()),
      () => [
        leaf(
          'type',
          'How the next hop is reached',
          choice({
            loose: 'Next address is loose',
            strict: 'Next address is strict',
          }),
          { keyword: false },
        ),
      ],
      { keyword: false, oneLine: 'single' },
    ),
  ],
)

/** MPLS as it is configured: label-switched paths and the routes that they are to take. */
export function mpls(): ContainerSchema {
  return container('mpls', 'Multiprotocol Label Switching options', () => [
    traceOptions({
      connection: 'Trace circuit cross-connect events',
      cspf: 'Trace CSPF computations',
      error: 'Trace errored packets',
      lsping: 'Trace lsping packets',
      ...commonFlags,
    }),
    list(
      'admin-groups',
      'Administrative groups',
      key('group-name', 'Group name', identifier),
      () => [leaf('group-value', 'Group number', integer(0, 31), { keyword: false })],
      { oneLine: 'single' },
    ),
    flag('no-cspf', 'Disable automatic path computation'),
    flag('ipv6-tunneling', 'Allow MPLS LSPs to be used for tunneling IPv6 traffic'),
    lsp,
    hops,
    protocolInterface(() => [flag('disable', 'Disable MPLS on this interface')]),
  ])
}
