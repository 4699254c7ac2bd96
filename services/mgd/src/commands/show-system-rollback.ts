import { CommandError, type OperationalCommand } from '@hangar/junos-cli'
import { type Branch, formatText } from '@hangar/junos-config'
import { element } from '@hangar/xml'

/** A configuration that was committed before. */
export function showSystemRollback(rollback: (n: number) => Promise<Branch | undefined>): OperationalCommand {
  return {
    words: [
      { name: 'show', help: 'Show system information' },
      { name: 'system', help: 'Show system information' },
      { name: 'rollback', help: 'Show rolled back configuration' },
    ],
    options: [
      {
        name: 'number',
        kind: 'positional',
        help: 'Index of rollback configuration',
        placeholder: '<number>',
        completion: 'rollback',
        required: true,
      },
    ],
    permission: 'secret',
    rpc: 'get-rollback-information',
    async run({ options }) {
      const given = options.get('number') ?? ''
      const tree = /^\d{1,2}$/.test(given) ? await rollback(Number(given)) : undefined
      if (!tree) throw new CommandError(`rollback ${given} does not exist`)
      return element('rollback-information', [
        element('configuration-information', [element('configuration-output', formatText(tree))]),
      ])
    },
    text: data => data.children?.[0]?.children?.[0]?.text ?? '',
  }
}
