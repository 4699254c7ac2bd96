import { children, element, type OperationalCommand, textOf } from '@hangar/junos-cli'
import { hangarVersion, model, softwareVersion } from '../version.ts'

/** What the device runs, as the package lines of a router; all of it is one program here, and says so. */
const packages = [
  ['junos', `JUNOS OS Kernel [Hangar ${hangarVersion}]`],
  ['os-runtime', `JUNOS OS runtime [Hangar ${hangarVersion}]`],
  ['jsd', `JUNOS jsd [Hangar ${hangarVersion}]`],
  ['jet', `JUNOS Extension Toolkit [Hangar ${hangarVersion}]`],
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
        element('product-model', model),
        element('product-name', model),
        element('junos-version', softwareVersion),
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
