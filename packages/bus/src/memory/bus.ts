import {
  create,
  type DescMessage,
  type DescService,
  type MessageInitShape,
  type MessageShape,
} from '@bufbuild/protobuf'
import type { Client, ConnectError, ServiceImpl } from '@connectrpc/connect'
import { AnnouncementSchema } from '@hangar/protocol/hangar/daemon/v1/daemon_pb'
import type { Bus, EventOrigin, MemberListener, Publisher } from '../bus.ts'
import { Delivery } from '../delivery.ts'
import { type BusOptions, checkName } from '../options.ts'
import { createBusClient } from '../rpc/client.ts'
import { unavailable } from '../rpc/errors.ts'
import type { PendingCall } from '../rpc/lease.ts'
import { ServedServices } from '../rpc/services.ts'
import type { EventExchange } from './events.ts'
import type { HubShared, Member } from './shared.ts'
import { MemoryTransport } from './transport.ts'

/** One daemon's end of a memory hub. */
export class MemoryBus implements Bus, Member {
  readonly device: string
  readonly daemon: string
  readonly incarnation: string
  /** What this daemon serves. */
  readonly services = new ServedServices()
  /** Calls that this daemon makes or serves. */
  readonly calls = new Set<PendingCall>()
  readonly options: BusOptions
  readonly #hub: HubShared
  readonly #onLeave: () => void
  readonly #subscriptions = new Set<() => void>()
  readonly #publishers = new Map<string, Publisher<DescMessage>>()
  #gone: ConnectError | undefined

  constructor(hub: HubShared, daemon: string, options: BusOptions, onLeave: () => void) {
    this.device = hub.device
    this.daemon = daemon
    this.options = options
    this.incarnation = options.random.hex(8)
    this.#hub = hub
    this.#onLeave = onLeave
  }

  get connected(): boolean {
    return this.#gone === undefined
  }

  /** Why this end can no longer be used; undefined while it can. */
  get gone(): ConnectError | undefined {
    return this.#gone
  }

  async serve<S extends DescService>(service: S, implementation: ServiceImpl<S>): Promise<void> {
    this.#check()
    this.services.add(service, implementation)
  }

  client<S extends DescService>(daemon: string, service: S): Client<S> {
    return createBusClient(service, new MemoryTransport(this, this.#hub, checkName('daemon', daemon)))
  }

  async announce(announcement: MessageInitShape<typeof AnnouncementSchema>): Promise<void> {
    this.#check()
    const { daemon, incarnation } = this
    this.#hub.members.announce(create(AnnouncementSchema, { ...announcement, daemon, incarnation }))
  }

  async watchMembers(listener: MemberListener): Promise<AsyncDisposable> {
    this.#check()
    return this.#subscription(await this.#hub.members.watch(listener, this.options.log))
  }

  publisher<M extends DescMessage>(kind: string, schema: M): Publisher<M> {
    this.#check()
    let publisher = this.#publishers.get(checkName('kind', kind))
    if (!publisher) {
      publisher = this.#makePublisher(kind, schema)
      this.#publishers.set(kind, publisher)
    }
    return publisher as Publisher<M>
  }

  #makePublisher(kind: string, schema: DescMessage): Publisher<DescMessage> {
    const { daemon, incarnation } = this
    let sequence = 0n
    return {
      publish: event => {
        if (this.#gone) return
        sequence += 1n
        this.#hub.events.publish(kind, create(schema, event), { daemon, incarnation, sequence })
      },
    }
  }

  async subscribe<M extends DescMessage>(
    daemon: string,
    kind: string,
    _schema: M,
    listener: (event: MessageShape<M>, from: EventOrigin) => void,
  ): Promise<AsyncDisposable> {
    this.#check()
    if (daemon !== '*') checkName('daemon', daemon)
    const delivery = new Delivery(this.options.log)
    const hear = listener as Parameters<EventExchange['subscribe']>[1]['listener']
    return this.#subscription(this.#hub.events.subscribe(checkName('kind', kind), { daemon, listener: hear, delivery }))
  }

  async close(): Promise<void> {
    this.leave(unavailable(this.daemon, 'left the bus'))
  }

  /** Ends everything that this daemon has a part in. */
  leave(reason: ConnectError): void {
    if (this.#gone) return
    this.#gone = reason
    this.#onLeave()
    for (const end of this.#subscriptions) end()
    this.#subscriptions.clear()
    for (const call of this.calls) call.fail(reason)
    this.#hub.members.leave(this.daemon, this.incarnation)
  }

  #check(): void {
    if (this.#gone) throw this.#gone
  }

  #subscription(end: () => void): AsyncDisposable {
    this.#subscriptions.add(end)
    if (this.#gone) end()
    return {
      [Symbol.asyncDispose]: async () => {
        this.#subscriptions.delete(end)
        end()
      },
    }
  }
}
