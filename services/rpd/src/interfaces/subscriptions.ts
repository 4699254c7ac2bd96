import type { RoutingClient } from '../clients/clients.ts'
import type { Interfaces } from './interfaces.ts'
import { type InterfaceNotification, NotificationStream, notification } from './notification-stream.ts'

/** Names of what can go wrong, as both generations have them. */
export type InterfaceFault = 'not initialized' | 'no key' | 'not found' | 'already subscribed' | 'not subscribed'

export type InterfaceKey =
  | { readonly case: 'name'; readonly value: string }
  | { readonly case: 'index'; readonly value: number }
  | { readonly case?: undefined }

/** The routing-interface API, apart from the messages of its two generations: a client that uses both is one client. */
export class InterfaceSubscriptions {
  readonly #interfaces: Interfaces
  /** By client, with the session that it reads in. */
  readonly #streams = new Map<RoutingClient, { session: string; stream: NotificationStream }>()

  constructor(interfaces: Interfaces) {
    this.#interfaces = interfaces
    interfaces.listen(changes => {
      for (const { stream } of this.#streams.values()) stream.changed(changes)
    })
  }

  /** `rebound`: the client had initialized in an earlier session, and is remembered. */
  initialize(client: RoutingClient, session: string): 'completed' | 'rebound' | 'already' {
    const before = client.initialized.get('interfaces')
    if (before === session) return 'already'
    client.initialized.set('interfaces', session)
    client.belongings.set('interfaces', () => this.#streams.get(client)?.stream.end())
    return before === undefined ? 'completed' : 'rebound'
  }

  get(client: RoutingClient, key: InterfaceKey): InterfaceNotification | InterfaceFault {
    if (!client.initialized.has('interfaces')) return 'not initialized'
    // Neither is ever a name or an index: the field was left at its default.
    if (key.case === undefined || key.value === '' || key.value === 0) return 'no key'
    const ifl = key.case === 'name' ? this.#interfaces.get(key.value) : this.#interfaces.at(key.value)
    return ifl ? notification(ifl.name, ifl.up ? 'up' : 'down', ifl) : 'not found'
  }

  /** One stream for each client; that of a session that is over makes room. */
  subscribe(client: RoutingClient, session: string, signal: AbortSignal): NotificationStream | InterfaceFault {
    if (!client.initialized.has('interfaces')) return 'not initialized'
    const before = this.#streams.get(client)
    if (before?.session === session) return 'already subscribed'
    before?.stream.end()
    const stream = new NotificationStream(this.#interfaces, () => {
      signal.removeEventListener('abort', end)
      if (this.#streams.get(client)?.stream === stream) this.#streams.delete(client)
    })
    const end = () => stream.end()
    this.#streams.set(client, { session, stream })
    signal.addEventListener('abort', end)
    if (signal.aborted) end()
    return stream
  }

  unsubscribe(client: RoutingClient): InterfaceFault | undefined {
    return this.#ofStream(client, stream => stream.end())
  }

  refresh(client: RoutingClient): InterfaceFault | undefined {
    return this.#ofStream(client, stream => stream.refresh())
  }

  #ofStream(client: RoutingClient, act: (stream: NotificationStream) => void): InterfaceFault | undefined {
    if (!client.initialized.has('interfaces')) return 'not initialized'
    const found = this.#streams.get(client)
    if (!found) return 'not subscribed'
    act(found.stream)
    return undefined
  }
}
