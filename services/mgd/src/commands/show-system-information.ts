import { product } from '@hangar/daemon'
import type { OperationalCommand } from '@hangar/junos-cli'
import { element, textOf } from '@hangar/xml'

/** What the device is, in four lines. */
export function showSystemInformation(hostName: () => string): OperationalCommand {
  return {
    words: [
      { name: 'show', help: 'Show system information' },
      { name: 'system', help: 'Show system information' },
      { name: 'information', help: 'Show general system information' },
    ],
    rpc: 'get-system-information',
    run: () =>
      element('system-information', [
        element('hardware-model', product.model),
        element('os-name', 'junos'),
        element('os-version', product.softwareVersion),
        element('host-name', hostName()),
      ]),
    text: data =>
      `Model: ${textOf(data, 'hardware-model')}\nFamily: ${textOf(data, 'os-name')}\n` +
      `Junos: ${textOf(data, 'os-version')}\nHostname: ${textOf(data, 'host-name')}\n`,
  }
}
