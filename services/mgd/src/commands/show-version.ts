import { product } from '@hangar/daemon'
import type { OperationalCommand } from '@hangar/junos-cli'
import { children, element, textOf } from '@hangar/xml'

/** What the device runs, as the package lines of a router; all of it is one program here, and says so. */
const packages = [
  ['junos', `JUNOS OS Kernel [Hangar ${product.hangarVersion}]`],
  ['os-runtime', `JUNOS OS runtime [Hangar ${product.hangarVersion}]`],
  ['jsd', `JUNOS jsd [Hangar ${product.hangarVersion}]`],
  ['jet', `JUNOS Extension Toolkit [Hangar ${product.hangarVersion}]`],
] as const

export function showVersion(hostName: () => string): OperationalCommand {
  return {
    words: [
      { name: 'show', help: 'Show system information' },
      { name: 'version', help: 'Show software process revision levels' },
    ],
    options: [
      { name: 'brief', kind: 'flag', help: 'Display brief output', group: 'level' },
      { name: 'detail', kind: 'flag', help: 'Display detailed output', group: 'level' },
    ],
    rpc: 'get-software-information',
    run: () =>
      element('software-information', [
        element('host-name', hostName()),
        element('product-model', product.model),
        element('product-name', product.model),
        element('junos-version', product.softwareVersion),
        ...packages.map(([name, comment]) =>
          element('package-information', [element('name', name), element('comment', comment)]),
        ),
      ]),
    text: data =>
      [
        `Hostname: ${textOf(data, 'host-name')}`,
        `Model: ${textOf(data, 'product-model')}`,
        `Junos: ${textOf(data, 'junos-version')}`,
        ...children(data, 'package-information').map(one => textOf(one, 'comment')),
      ]
        .map(line => `${line}\n`)
        .join(''),
  }
}
