import { CommandError, type OperationalCommand } from '@hangar/junos-cli'
import { children, element, textOf, type XmlElement } from '@hangar/xml'
import type { Rib } from '../rib/rib.ts'
import { route, show } from './show-route.ts'

/** A routing instance as configured; the main one is "master". */
export interface InstanceFacts {
  readonly name: string
  /** "forwarding" for the main one, "virtual-router", "vrf". */
  readonly type: string
  /** Empty: none is configured. */
  readonly routerId: string
  readonly interfaces: readonly string[]
  readonly routeDistinguisher?: string | undefined
}

/** `show route instance [name] [brief | detail]`. */
export function showRouteInstance(source: {
  rib: Rib
  release: string
  instances(): readonly InstanceFacts[]
}): OperationalCommand {
  return {
    words: [show, route, { name: 'instance', help: 'Show routing instance information' }],
    options: [
      {
        name: 'instance-name',
        kind: 'positional',
        placeholder: '<instance-name>',
        help: 'Name of routing instance',
        completion: 'routing-instance',
      },
      { name: 'brief', kind: 'flag', help: 'Display brief output (default)', group: 'style' },
      { name: 'detail', kind: 'flag', help: 'Display detailed output', group: 'style' },
      { name: 'extensive', kind: 'flag', help: 'Display extensive output', group: 'style' },
    ],
    permission: 'view',
    rpc: 'get-instance-information',
    run({ options }) {
      const name = options.get('instance-name')
      const instances = source.instances().filter(one => name === undefined || one.name === name)
      if (name !== undefined && instances.length === 0) throw new CommandError(`instance ${name} not found`)
      const style = options.has('detail') || options.has('extensive') ? 'detail' : 'terse'
      return element(
        'instance-information',
        instances.map(one => instanceElement(source.rib, one)),
        { xmlns: `http://xml.juniper.net/junos/${source.release}/junos-routing`, 'junos:style': style },
      )
    },
    text(data, { options }) {
      const instances = children(data, 'instance-core')
      if (options.has('detail') || options.has('extensive')) return instances.map(detailText).join('\n')
      return instances.length === 0 ? '' : terseHead + instances.map(terseText).join('')
    },
  }
}

function instanceElement(
  rib: Rib,
  { name, type, routerId, interfaces, routeDistinguisher }: InstanceFacts,
): XmlElement {
  const tables = [...rib.tables()].filter(table => table.instance === name && table.rows.live > 0)
  return element('instance-core', [
    element('instance-name', name),
    element('router-id', routerId === '' ? '0.0.0.0' : routerId),
    element('instance-type', type),
    element('instance-state', 'Active'),
    ...(routeDistinguisher === undefined ? [] : [element('route-distinguisher', routeDistinguisher)]),
    ...interfaces.map(ifl => element('instance-interface', [element('interface-name', ifl)])),
    ...tables.map(table =>
      element('instance-rib', [
        element('irib-name', table.name),
        element('irib-route-count', table.rows.live),
        element('irib-active-count', table.active),
        element('irib-holddown-count', 0),
        element('irib-hidden-count', table.hidden),
      ]),
    ),
  ])
}

const terseHead =
  'Instance             Type\n         Primary RIB                                     Active/holddown/hidden\n'

function terseText(instance: XmlElement): string {
  const head = `${textOf(instance, 'instance-name').padEnd(20)} ${textOf(instance, 'instance-type')}\n`
  const tables = children(instance, 'instance-rib').map(rib => {
    const counts = ['active', 'holddown', 'hidden'].map(kind => textOf(rib, `irib-${kind}-count`)).join('/')
    return `         ${textOf(rib, 'irib-name').padEnd(48)}${counts}\n`
  })
  return `${head}${tables.join('')}\n`
}

function detailText(instance: XmlElement): string {
  const lines = [
    `${textOf(instance, 'instance-name')}:`,
    `  Router ID: ${textOf(instance, 'router-id')}`,
    `  Type: ${textOf(instance, 'instance-type').padEnd(17)} State: ${textOf(instance, 'instance-state').padEnd(8)}`.trimEnd(),
  ]
  const interfaces = children(instance, 'instance-interface').map(one => `    ${textOf(one, 'interface-name')}`)
  if (interfaces.length > 0) lines.push('  Interfaces:', ...interfaces)
  const distinguisher = textOf(instance, 'route-distinguisher')
  if (distinguisher !== '') lines.push(`  Route-distinguisher: ${distinguisher}`)
  const tables = children(instance, 'instance-rib').map(rib => {
    const [routes, active, holddown, hidden] = ['route', 'active', 'holddown', 'hidden'].map(kind =>
      textOf(rib, `irib-${kind}-count`),
    )
    const counts = `${routes} routes (${active} active, ${holddown} holddown, ${hidden} hidden)`
    return `    ${textOf(rib, 'irib-name').padEnd(23)}: ${counts}`
  })
  if (tables.length > 0) lines.push('  Tables:', ...tables)
  return lines.map(line => `${line}\n`).join('')
}
