import type { OperationalCommand } from '@hangar/junos-cli'
import { child, children, textOf, type XmlElement } from '@hangar/xml'
import type { Session } from '../session/session.ts'
import type { Sessions } from '../session/sessions.ts'
import { clientsElement } from './client-table.ts'
import { clients, extensionService, requestResponse, show } from './words.ts'

/** show extension-service request-response clients */
export function showClients(sessions: Sessions): OperationalCommand {
  return {
    words: [show, extensionService, requestResponse, clients],
    options: [
      { name: 'brief', kind: 'flag', help: 'Display brief output (default)', group: 'level' },
      { name: 'detail', kind: 'flag', help: 'Display detailed output', group: 'level' },
      {
        name: 'client-id',
        kind: 'value',
        help: 'Client to display',
        placeholder: '<client-id>',
        completion: 'jet-client',
      },
    ],
    rpc: 'get-request-response-client-information',
    run: ({ options }) => clientsElement(chosen(sessions, options.get('client-id'))),
    text: (data, { options }) => {
      const all = children(data, 'request-response-client')
      if (all.length === 0) return ''
      return options.has('detail') ? all.map(detail).join('\n') : brief(all)
    },
  }
}

function chosen(sessions: Sessions, clientId: string | undefined): Iterable<Session> {
  if (clientId === undefined) return sessions
  const session = sessions.find(clientId)
  return session ? [session] : []
}

// Columns as recorded up to release 20: 0, 23, 58, 72, the count right-aligned at 77. Since 22 the login time stands before
// the count, under a heading of two lines, and blank lines part the rows.
const headings = [
  row('', '', '', 'Client', ''),
  row('Client ID', 'Socket Address', 'Client Type', 'Login Time (UTC)', 'Channel Count'),
]

function brief(all: readonly XmlElement[]): string {
  const rows = all.map(client =>
    row(
      textOf(client, 'client-id'),
      textOf(client, 'socket-address'),
      textOf(client, 'client-type'),
      textOf(client, 'client-login-time'),
      textOf(client, 'channel-count').padStart(6),
    ),
  )
  return `${headings.join('')}${rows.join('\n')}`
}

function row(id: string, address: string, type: string, time: string, count: string): string {
  // A value that is wider than its column pushes what follows to the right.
  const cells = `${cell(id, 23)}${cell(address, 35)}${cell(type, 14)}${cell(time, 27)}${count}`
  return `${cells.trimEnd()}\n`
}

function cell(text: string, width: number): string {
  return text.length < width ? text.padEnd(width) : `${text} `
}

function detail(client: XmlElement): string {
  const channels = children(child(client, 'grpc-channel-information'), 'grpc-channel')
  const lines = [
    'Channel information:',
    `  Client ID: ${textOf(client, 'client-id')}`,
    `  Socket Address: ${textOf(client, 'socket-address')}`,
    `  Client Type: ${textOf(client, 'client-type')}`,
    `  Channel Count: ${textOf(client, 'channel-count')}`,
    `  Client Login Time (UTC): ${textOf(client, 'client-login-time')}`,
    ...channels.flatMap(channel => [
      `    Channel target: ${textOf(channel, 'target')}`,
      `    Channel status: ${textOf(channel, 'status')}`,
      `    User name: ${textOf(channel, 'user')}`,
    ]),
  ]
  return `${lines.join('\n')}\n`
}
