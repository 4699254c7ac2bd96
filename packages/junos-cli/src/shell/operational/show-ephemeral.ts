import type { ConfigurationView } from '../../configuration-session.ts'
import type { CliHost } from '../../host.ts'
import type { Call, CliAction, CliCommand } from '../call.ts'
import { configurationText } from '../configuration/show.ts'

const words = [
  { name: 'show', help: 'Show system information' },
  { name: 'ephemeral-configuration', help: 'Show current ephemeral configuration' },
]

/** `show ephemeral-configuration [instance <name>]`, and `... merge`: the active configuration with all instances in it. */
export function showEphemeral(host: CliHost): CliCommand[] {
  const { ephemeral } = host
  if (!ephemeral) return []
  return [
    {
      words,
      options: [
        {
          name: 'instance',
          kind: 'value',
          help: 'Name of the instance',
          placeholder: '<instance-name>',
          completion: 'ephemeral-instance',
        },
      ],
      permission: 'view-configuration',
      action: showing(({ options }) => ephemeral.instance(options.get('instance') ?? '')),
    },
    {
      words: [...words, { name: 'merge', help: 'Show static and ephemeral configuration as one' }],
      permission: 'view-configuration',
      action: showing(() => ephemeral.merged),
    },
  ]
}

function showing(view: (call: Call) => ConfigurationView): CliAction {
  return {
    piped: 'configuration',
    async *run(call) {
      yield await configurationText(view(call), { path: [], words: [] }, call)
    },
  }
}
