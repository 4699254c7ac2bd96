import { CommandError, type CommandInvocation, type OperationalCommand } from '@hangar/junos-cli'
import type { PhysicalInterface } from '@hangar/protocol/hangar/kernel/v1/kernel_pb'
import type { Clock } from '@hangar/runtime'
import { type Selected, selectInterfaces } from '../interfaces/select.ts'
import { descriptionsData, descriptionsText } from './descriptions.ts'
import { normalData } from './normal-data.ts'
import { normalText } from './normal-text.ts'
import { terseData, terseText } from './terse.ts'

/**
 * `show interfaces [name] [descriptions | detail | extensive | media | terse]`. What media and extensive add on a router (optics,
 * counters) does not exist here: media shows what no option shows, extensive what detail shows.
 */
export function showInterfaces(source: {
  interfaces(): Iterable<PhysicalInterface>
  release: string
  clock: Clock
}): OperationalCommand {
  const select = ({ options }: CommandInvocation): readonly Selected[] => {
    const name = options.get('interface-name')
    const found = selectInterfaces(source.interfaces(), name)
    if (!found) throw new CommandError(`device ${name} not found`)
    return found
  }
  return {
    words: [
      { name: 'show', help: 'Show system information' },
      { name: 'interfaces', help: 'Show interface information' },
    ],
    options: [
      {
        name: 'interface-name',
        kind: 'positional',
        placeholder: '<interface-name>',
        help: 'Name of physical or logical interface',
        completion: 'interface-name',
      },
      { name: 'descriptions', kind: 'flag', help: 'Display interface description strings', group: 'style' },
      { name: 'detail', kind: 'flag', help: 'Display detailed output', group: 'style' },
      { name: 'extensive', kind: 'flag', help: 'Display extensive output', group: 'style' },
      { name: 'media', kind: 'flag', help: 'Display media information', group: 'style' },
      { name: 'terse', kind: 'flag', help: 'Display terse output', group: 'style' },
    ],
    permission: 'view',
    rpc: 'get-interface-information',
    run(invocation) {
      const selection = select(invocation)
      if (invocation.options.has('terse')) return terseData(source.release, selection)
      if (invocation.options.has('descriptions')) return descriptionsData(source.release, selection)
      const detail = invocation.options.has('detail') || invocation.options.has('extensive')
      return normalData(source.release, selection, { now: source.clock.now(), detail })
    },
    text(data, { options }) {
      if (options.has('terse')) return terseText(data)
      return options.has('descriptions') ? descriptionsText(data) : normalText(data)
    },
  }
}
