import { parseAddress } from '@hangar/inet'
import type { OperationalCommand } from '@hangar/junos-cli'
import { children, element, textOf, type XmlElement } from '@hangar/xml'
import { routerIdOf } from '../configuration/identity.ts'
import type { LabelSwitchedPath } from '../configuration/label-switched-paths.ts'
import type { LspBandwidths } from '../mpls/lsp-bandwidths.ts'
import { wayTo } from '../mpls/path-to.ts'
import type { Routing } from '../routing.ts'
import { show } from './show-route.ts'

/** `show mpls lsp [brief | detail]`: the device's own label-switched paths. */
export function showMplsLsp(routing: Routing, bandwidths: LspBandwidths, release: string): OperationalCommand {
  return {
    words: [
      show,
      { name: 'mpls', help: 'Show Multiprotocol Label Switching information' },
      { name: 'lsp', help: 'Show label-switched path information' },
    ],
    options: [
      { name: 'brief', kind: 'flag', help: 'Display brief output (default)', group: 'style' },
      { name: 'detail', kind: 'flag', help: 'Display detailed output', group: 'style' },
    ],
    permission: 'view',
    rpc: 'get-mpls-lsp-information',
    run() {
      const lsps = [...routing.settings.lsps.values()].map(lsp => lspElement(routing, bandwidths, lsp))
      const up = lsps.filter(lsp => textOf(children(lsp, 'mpls-lsp')[0], 'lsp-state') === 'Up').length
      return element(
        'mpls-lsp-information',
        [
          element('rsvp-session-data', [
            element('session-type', 'Ingress'),
            element('count', lsps.length),
            ...lsps,
            element('display-count', lsps.length),
            element('up-count', up),
            element('down-count', lsps.length - up),
          ]),
        ],
        { xmlns: `http://xml.juniper.net/junos/${release}/junos-mpls` },
      )
    },
    text(data, { options }) {
      const [ingress] = children(data, 'rsvp-session-data')
      const lsps = children(ingress, 'rsvp-session').map(one => children(one, 'mpls-lsp')[0]!)
      const head = `Ingress LSP: ${lsps.length} sessions\n`
      const body = options.has('detail')
        ? lsps.map(detail).join('')
        : lsps.length > 0
          ? heading + lsps.map(row).join('')
          : ''
      const counts = `Total ${lsps.length} displayed, Up ${textOf(ingress, 'up-count')}, Down ${textOf(ingress, 'down-count')}\n`
      return `${head}${body}${counts}`
    },
  }
}

const heading = 'To              From            State Rt P     ActivePath       LSPname\n'

function lspElement(routing: Routing, bandwidths: LspBandwidths, lsp: LabelSwitchedPath): XmlElement {
  const to = lsp.to === undefined ? undefined : parseAddress(lsp.to)
  const up = to !== undefined && !lsp.disabled && wayTo(routing.rib, to) !== undefined
  const bandwidth = bandwidths.of(lsp.name) ?? lsp.bandwidth
  return element('rsvp-session', [
    element('mpls-lsp', [
      element('destination-address', lsp.to ?? ''),
      element('source-address', lsp.from ?? routerIdOf(routing.settings, routing.interfaces)),
      element('lsp-state', up ? 'Up' : 'Dn'),
      element('route-count', 0),
      ...(up ? [element('active-path', lsp.paths.primary[0] ?? '')] : []),
      element('name', lsp.name),
      ...(bandwidth === undefined ? [] : [element('bandwidth', `${bandwidth}bps`)]),
    ]),
  ])
}

function row(lsp: XmlElement): string {
  const state = textOf(lsp, 'lsp-state')
  const line = [
    textOf(lsp, 'destination-address').padEnd(15),
    textOf(lsp, 'source-address').padEnd(15),
    state.padEnd(5),
    textOf(lsp, 'route-count').padStart(2),
    (state === 'Up' ? '*' : '').padEnd(5),
    textOf(lsp, 'active-path').padEnd(16),
    textOf(lsp, 'name'),
  ]
  return `${line.join(' ')}\n`
}

function detail(lsp: XmlElement): string {
  const bandwidth = textOf(lsp, 'bandwidth')
  const lines = [
    '',
    textOf(lsp, 'destination-address'),
    `  From: ${textOf(lsp, 'source-address')}, State: ${textOf(lsp, 'lsp-state')}, ActiveRoute: ${textOf(lsp, 'route-count')}, LSPname: ${textOf(lsp, 'name')}`,
    `  ActivePath: ${textOf(lsp, 'active-path')} (primary)`,
    ...(bandwidth === '' ? [] : [`    Bandwidth: ${bandwidth}`]),
  ]
  return lines.map(line => `${line}\n`).join('')
}
