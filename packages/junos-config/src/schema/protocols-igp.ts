import { ipAddress } from '../values/address.ts'
import { choice } from '../values/choice.ts'
import { integer } from '../values/number.ts'
import { areaId, bandwidth } from '../values/routing.ts'
import { container, flag, key, leaf, list } from './dsl.ts'
import type { ContainerSchema, SchemaNode } from './node.ts'
import { protocolInterface } from './protocol-interface.ts'
import { policyList } from './references.ts'
import { unsigned } from './route-attributes.ts'

/*
 * The protocols inside of a network, as far as ordinary configurations name them: interfaces and what is most often said
 * of these. Nobody speaks them here.
 */

const disable = (protocol: string) => flag('disable', `Disable ${protocol} on this interface`)

const types = choice({
  nbma: 'Nonbroadcast multiaccess',
  p2mp: 'Point-to-multipoint NBMA',
  p2p: 'Point-to-point',
})

/** OSPF of either version. */
export function ospf(name: 'ospf' | 'ospf3'): ContainerSchema {
  const help = name === 'ospf' ? 'OSPF configuration' : 'OSPFv3 configuration'
  const onInterface = (): readonly SchemaNode[] => [
    disable('OSPF'),
    leaf('interface-type', 'Type of interface', types),
    flag('passive', 'Do not run OSPF, but advertise it'),
    leaf('metric', 'Interface metric', integer(1, 65535)),
    leaf('priority', 'Designated router priority', integer(0, 255)),
    leaf('hello-interval', 'Hello interval', integer(1, 255)),
    leaf('dead-interval', 'Dead interval', integer(1, 65535)),
  ]
  return container(name, help, () => [
    container('traffic-engineering', 'Configure traffic engineering attributes', () => [], { presence: true }),
    list('area', 'Configure an OSPF area', key('area-id', 'OSPF area identifier', areaId), () => [
      container('stub', 'Configure a stub area', () => [flag('no-summaries', "Don't flood summary LSAs")], {
        presence: true,
      }),
      protocolInterface(onInterface),
    ]),
    leaf('preference', 'Preference of internal routes', unsigned),
    leaf('external-preference', 'Preference of external routes', unsigned),
    leaf('reference-bandwidth', 'Bandwidth for calculating metric defaults', bandwidth),
    policyList('export', 'Export policy'),
    policyList('import', 'Import policy (for external routes or setting priority)'),
  ])
}

/** IS-IS. */
export function isis(): ContainerSchema {
  const level = (body: () => readonly SchemaNode[]) =>
    list('level', 'Configure levels', key('level-number', 'Level number', integer(1, 2)), body, { oneLine: 'single' })
  return container('isis', 'IS-IS configuration', () => [
    protocolInterface(() => [
      level(() => [
        flag('disable', 'Disable IS-IS for this level on this interface'),
        leaf('metric', 'Metric for this level', integer(1, 16777215)),
        flag('passive', 'Do not run IS-IS at this level, but advertise it'),
      ]),
      disable('IS-IS'),
      flag('passive', 'Do not run IS-IS, but advertise it'),
      flag('point-to-point', 'Treat interface as point to point'),
    ]),
    level(() => [
      flag('disable', 'Disable this level'),
      flag('wide-metrics-only', 'Generate wide metrics only'),
      leaf('preference', 'Preference of internal routes', unsigned),
    ]),
    leaf('reference-bandwidth', 'Bandwidth for calculating metric defaults', bandwidth),
    policyList('export', 'Export policy'),
  ])
}

export function ldp(): ContainerSchema {
  return container('ldp', 'LDP options', () => [
    flag('track-igp-metric', 'Track the IGP metric'),
    leaf('transport-address', 'Address used for TCP sessions', ipAddress()),
    policyList('import', 'Import policy'),
    policyList('export', 'Export policy'),
    protocolInterface(() => [disable('LDP')]),
  ])
}

export function rsvp(): ContainerSchema {
  return container('rsvp', 'RSVP options', () => [
    protocolInterface(() => [
      disable('RSVP'),
      leaf('bandwidth', 'Available bandwidth', bandwidth),
      leaf('subscription', 'Link bandwidth percentage for RSVP reservation', integer(0, 65000)),
      leaf('hello-interval', 'Hello interval', integer(0, 60)),
      container('link-protection', 'Protect traffic with a label-switched path', () => [], { presence: true }),
    ]),
  ])
}

export function lldp(): ContainerSchema {
  return container('lldp', 'Link Layer Detection Protocol', () => [
    flag('disable', 'Disable LLDP'),
    leaf('advertisement-interval', 'Transmit interval for LLDP messages', integer(5, 32768), { default: '30' }),
    leaf('hold-multiplier', 'Hold timer interval for LLDP messages', integer(2, 10), { default: '4' }),
    protocolInterface(() => [flag('disable', 'Disable LLDP')]),
  ])
}
