import { type Bus, watchState } from '@hangar/bus'
import { type JetClient, Jsd, type WatchClientsResponse } from '@hangar/protocol/hangar/jsd/v1/jsd_pb'
import type { Clock, Logger, Random } from '@hangar/runtime'
import type { Clients } from './clients.ts'

export interface SessionWatch extends AsyncDisposable {
  /** jsd is there, as far as the bus knows. */
  jsdUp(): void
  /** It is not, and so are its connections. */
  jsdDown(): void
}

/** Tells `clients` which sessions live, by jsd's word. */
export function watchSessions(
  { bus, clock, random, log }: { bus: Bus; clock: Clock; random: Random; log: Logger },
  clients: Clients,
): SessionWatch {
  const client = bus.client('jsd', Jsd)
  const replica = watchState<WatchClientsResponse, JetClient>({
    bus,
    clock,
    random,
    log,
    daemon: 'jsd',
    open: signal => client.watchClients({}, { signal }),
    read: message => ({ mark: message.mark, key: message.session, value: message.client }),
    onPut: (session, { clientId }) => clients.sessionUp(session, clientId),
    onDelete: session => clients.sessionDown(session),
  })
  return {
    // It may only have been out of sight: then the stream goes on, and says nothing of what it has said already.
    jsdUp() {
      if (replica.synced) for (const [session, { clientId }] of replica.values) clients.sessionUp(session, clientId)
    },
    jsdDown: () => clients.allDown(),
    [Symbol.asyncDispose]: () => replica[Symbol.asyncDispose](),
  }
}
