import type { ServiceImpl } from '@connectrpc/connect'
import type { StateOwner } from '@hangar/bus'
import type { JetClient, Jsd } from '@hangar/protocol/hangar/jsd/v1/jsd_pb'
import type { Session } from '../session/session.ts'

/** hangar.jsd.v1.Jsd: who is here, for daemons that keep what a client made only as long as it is. */
export function jsdService(clients: StateOwner<JetClient>): ServiceImpl<typeof Jsd> {
  return {
    async *watchClients(_request, { signal }) {
      for await (const { mark, key, value } of clients.watch(signal))
        yield value ? { mark, session: key, client: value } : { mark, session: key }
    },
  }
}

/** What others are told of a session that has an identity. */
export function jetClient({ caller, loginTime }: Session): JetClient {
  const { session, clientId, user, loginClass, peer } = caller
  const loginTimeMs = BigInt(loginTime ?? 0)
  return { $typeName: 'hangar.jsd.v1.JetClient', session, clientId, user, loginClass, peer, loginTimeMs }
}
