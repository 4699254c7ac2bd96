import { CommandError, type OperationalCommand } from '@hangar/junos-cli'
import { type Branch, formatText } from '@hangar/junos-config'
import { messageOf } from '@hangar/runtime'
import { element } from '@hangar/xml'
import type { Store } from '../database/store.ts'

const request = [
  { name: 'request', help: 'Make system-level requests' },
  { name: 'system', help: 'Perform system-level functions' },
  { name: 'configuration', help: 'Request operations on system configuration' },
  { name: 'rescue', help: 'Request operations on system rescue configuration' },
]

/** The configuration that somebody keeps to fall back on: saved, deleted, shown. */
export function rescueCommands(store: Store, rescue: () => Promise<Branch | undefined>): OperationalCommand[] {
  return [
    {
      words: [...request, { name: 'save', help: 'Save the current configuration as rescue configuration' }],
      permission: 'maintenance',
      rpc: 'request-save-rescue-configuration',
      run: () => done(() => store.saveRescue()),
      text: () => '',
    },
    {
      words: [...request, { name: 'delete', help: 'Delete the rescue configuration' }],
      permission: 'maintenance',
      rpc: 'request-delete-rescue-configuration',
      run: () =>
        done(async () => {
          if (!(await store.deleteRescue())) throw new CommandError('no rescue configuration is set')
        }),
      text: () => '',
    },
    {
      words: [
        { name: 'show', help: 'Show system information' },
        { name: 'system', help: 'Show system information' },
        { name: 'configuration', help: 'Show configuration information' },
        { name: 'rescue', help: 'Show the rescue configuration' },
      ],
      permission: 'secret',
      rpc: 'get-rescue-information',
      async run() {
        const tree = await rescue()
        if (!tree) throw new CommandError('no rescue configuration is set')
        return element('rescue-information', [
          element('configuration-information', [element('configuration-output', formatText(tree))]),
        ])
      },
      text: data => data.children?.[0]?.children?.[0]?.text ?? '',
    },
  ]
}

async function done(step: () => Promise<unknown>) {
  try {
    await step()
  } catch (error) {
    throw error instanceof CommandError ? error : new CommandError(messageOf(error))
  }
  return element('rescue-management-results', [element('routing-engine', [element('name', 're0'), element('success')])])
}
