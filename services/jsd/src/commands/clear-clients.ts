import { CommandError, type OperationalCommand } from '@hangar/junos-cli'
import { element } from '@hangar/xml'
import type { Sessions } from '../session/sessions.ts'
import { clear, clients, extensionService, requestResponse } from './words.ts'

/** clear extension-service request-response clients client-id <id>: ends that client's connection. */
export function clearClients(sessions: Sessions): OperationalCommand {
  return {
    words: [clear, extensionService, requestResponse, clients],
    options: [
      {
        name: 'client-id',
        kind: 'value',
        help: 'Client whose session ends',
        placeholder: '<client-id>',
        completion: 'jet-client',
        required: true,
      },
    ],
    permission: 'clear',
    rpc: 'clear-request-response-clients',
    run({ options }) {
      const clientId = options.get('client-id')
      // To end whichever session happens to come first would be the wrong answer to a missing name.
      if (!clientId) throw new CommandError('client-id is missing')
      const session = sessions.find(clientId)
      if (!session) throw new CommandError(`Client ${clientId} is not connected`)
      session.end()
      return element('success')
    },
    text: () => '',
  }
}
