import type { OperationalCommand } from '@hangar/junos-cli'
import { child, children, element, textOf, type XmlElement } from '@hangar/xml'
import type { Settings } from '../configuration/settings.ts'
import { extensionService, requestResponse, servers, show } from './words.ts'

export interface ServerState {
  readonly settings: Settings
  /** Whether the configured listener listens. */
  readonly listening: boolean
}

/** show extension-service request-response servers */
export function showServers(state: () => ServerState): OperationalCommand {
  return {
    words: [show, extensionService, requestResponse, servers],
    rpc: 'get-request-response-server-information',
    run: () => serversElement(state()),
    text: serversText,
  }
}

function serversElement({ settings, listening }: ServerState): XmlElement {
  const { listener, maxConnections, skipAuthentication } = settings
  return element('request-response-server-information', [
    element('grpc-server-information', [
      element('grpc-max-connections', maxConnections),
      element('grpc-skip-authentication', skipAuthentication ? 'Enabled' : 'Disabled'),
      listener &&
        element('grpc-server', [
          element('grpc-server-address', listener.address),
          element('grpc-server-port', listener.port),
          element('grpc-server-status', listening ? 'Up' : 'Down'),
          element('grpc-server-type', listener.type === 'ssl' ? 'SSL' : 'Clear-text'),
        ]),
      // The door for programs on the device; it is there whatever is configured.
      element('grpc-server', [
        element('grpc-server-address', 'unix:/var/run/japi_jsd'),
        element('grpc-server-status', 'Up'),
        element('grpc-server-type', 'Clear-text'),
      ]),
    ]),
  ])
}

function serversText(data: XmlElement): string {
  const information = child(data, 'grpc-server-information')
  const limit = textOf(information, 'grpc-max-connections')
  const skip = textOf(information, 'grpc-skip-authentication')
  const paragraphs = children(information, 'grpc-server').map(server => {
    const port = textOf(server, 'grpc-server-port')
    const status = `Status: ${textOf(server, 'grpc-server-status')}, Type: ${textOf(server, 'grpc-server-type')}`
    return `  Address: ${textOf(server, 'grpc-server-address')}${port && `, Port: ${port}`}\n  ${status}\n`
  })
  const head = `gRPC server information:\n  Max connections: ${limit}, Skip-authentication: ${skip}\n`
  return [head, ...paragraphs].join('\n')
}
