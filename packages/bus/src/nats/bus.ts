import type { DescMessage, DescService, MessageInitShape, MessageShape } from '@bufbuild/protobuf'
import { type Client, Code, ConnectError, type ServiceImpl } from '@connectrpc/connect'
import { type CatchUpRequest, type CatchUpResponse, Events } from '@hangar/protocol/hangar/bus/v1/event_pb'
import type { Announcement, AnnouncementSchema } from '@hangar/protocol/hangar/daemon/v1/daemon_pb'
import type { NatsConnection } from '@nats-io/nats-core'
import type { Bus, EventGap, EventOrigin, MemberListener, Publisher } from '../bus.ts'
import { Delivery } from '../delivery.ts'
import { type BusOptions, checkName } from '../options.ts'
import { createBusClient } from '../rpc/client.ts'
import { unavailable } from '../rpc/errors.ts'
import { CallBook } from './call-book.ts'
import { Link } from './link.ts'
import { keyOf, type Peer, Presence } from './presence.ts'
import { EventSource } from './publisher.ts'
import { Server } from './server.ts'
import { Subjects } from './subjects.ts'
import { EventSink } from './subscriber.ts'
import { NatsTransport } from './transport.ts'

export interface NatsBusOptions extends BusOptions {
  device: string
  daemon: string
  heartbeat: number
  patience: number
  maxCalls: number
}

/** One daemon's end of the bus on NATS: puts the parts together. */
export class NatsBus implements Bus {
  readonly device: string
  readonly daemon: string
  readonly incarnation: string
  readonly #options: NatsBusOptions
  readonly #subjects: Subjects
  readonly #link: Link
  readonly #presence: Presence
  readonly #server: Server
  /** Calls of this end, by the daemon that they are to. */
  readonly #calls = new CallBook()
  readonly #watchers = new Set<{ listener: MemberListener; delivery: Delivery }>()
  readonly #sources = new Map<string, EventSource>()
  readonly #sinks = new Set<EventSink>()
  readonly #stopTicking: () => void
  #closed: Promise<void> | undefined

  constructor(connection: NatsConnection, options: NatsBusOptions) {
    const { device, daemon, clock, random, log, heartbeat, patience, maxCalls } = options
    this.#options = options
    this.device = device
    this.daemon = daemon
    this.incarnation = random.hex(8)
    const { incarnation } = this
    const subjects = new Subjects(device)
    this.#subjects = subjects
    const link = new Link(connection, { inbox: subjects.inbox(daemon, incarnation), random, log })
    this.#link = link
    link.onDown(error => {
      this.#calls.failAll(error)
      this.#server.calls.failAll(error)
    })
    const knowsCaller = (caller: string) => this.#presence.expect(caller)
    this.#server = new Server({ link, subjects, daemon, clock, log, maxCalls, knowsCaller })
    const listener = {
      announced: (announcement: Announcement) => this.#announced(announcement),
      gone: (peer: Peer) => this.#gone(peer),
      reconnected: (peer: Peer) => this.#reconnected(peer),
    }
    this.#presence = new Presence({ link, subjects, clock, daemon, incarnation, listener, heartbeat, patience })
    this.#stopTicking = clock.every(heartbeat, () => {
      for (const sink of this.#sinks) sink.tick()
    })
  }

  get connected(): boolean {
    return this.#closed === undefined && this.#link.connected
  }

  /** How many calls are under way: those that this end makes, and those that it serves. */
  get callsUnderWay(): { made: number; served: number } {
    return { made: this.#calls.size, served: this.#server.calls.size }
  }

  async serve<S extends DescService>(service: S, implementation: ServiceImpl<S>): Promise<void> {
    this.#check()
    this.#server.serve(service, implementation)
    await this.settled()
  }

  client<S extends DescService>(daemon: string, service: S): Client<S> {
    checkName('daemon', daemon)
    const { clock } = this.#options
    const onAbsent = () => this.#presence.suspect(daemon)
    return createBusClient(
      service,
      new NatsTransport({ link: this.#link, subjects: this.#subjects, clock, calls: this.#calls, daemon, onAbsent }),
    )
  }

  async announce(announcement: MessageInitShape<typeof AnnouncementSchema>): Promise<void> {
    this.#check()
    this.#presence.announce(announcement)
    await this.settled()
  }

  async watchMembers(listener: MemberListener): Promise<AsyncDisposable> {
    this.#check()
    const watcher = { listener, delivery: new Delivery(this.#options.log) }
    for (const { announcement } of this.#presence.peers) {
      if (announcement) watcher.delivery.push(() => listener.up(announcement))
    }
    this.#watchers.add(watcher)
    await watcher.delivery.settled()
    return {
      [Symbol.asyncDispose]: async () => {
        this.#watchers.delete(watcher)
        watcher.delivery.close()
      },
    }
  }

  publisher<M extends DescMessage>(kind: string, schema: M, options?: { ring?: number }): Publisher<M> {
    this.#check()
    checkName('kind', kind)
    const source = this.#sources.get(kind) ?? this.#makeSource(kind, schema, options?.ring ?? 1024)
    return { publish: event => source.publish(event) }
  }

  #makeSource(kind: string, schema: DescMessage, ring: number): EventSource {
    if (this.#sources.size === 0) this.#server.serve(Events, { catchUp: request => this.#catchUp(request) })
    const { log } = this.#options
    const { daemon, incarnation } = this
    const source = new EventSource({
      link: this.#link,
      subjects: this.#subjects,
      log,
      daemon,
      incarnation,
      kind,
      schema,
      ring,
    })
    this.#sources.set(kind, source)
    return source
  }

  async subscribe<M extends DescMessage>(
    daemon: string,
    kind: string,
    schema: M,
    listener: (event: MessageShape<M>, from: EventOrigin) => void,
    onGap?: (gap: EventGap) => void,
  ): Promise<AsyncDisposable> {
    this.#check()
    if (daemon !== '*') checkName('daemon', daemon)
    checkName('kind', kind)
    const sink = new EventSink({
      link: this.#link,
      subjects: this.#subjects,
      log: this.#options.log,
      daemon,
      kind,
      schema,
      onGap,
      listener: listener as ConstructorParameters<typeof EventSink>[0]['listener'],
      fetch: (publisher, request) =>
        this.client(publisher, Events).catchUp(request, { timeoutMs: this.#options.heartbeat * 5 }),
    })
    this.#sinks.add(sink)
    await this.settled()
    return {
      [Symbol.asyncDispose]: async () => {
        this.#sinks.delete(sink)
        sink.stop()
      },
    }
  }

  close(): Promise<void> {
    this.#closed ??= this.#leave(true)
    return this.#closed
  }

  /** Leaves as a crash would: the connection is cut, nobody is told. */
  crash(): Promise<void> {
    this.#closed ??= this.#leave(false)
    return this.#closed
  }

  async #leave(goodbye: boolean): Promise<void> {
    this.#stopTicking()
    const error = unavailable(this.daemon, 'left the bus')
    for (const { delivery } of this.#watchers) delivery.close()
    for (const sink of this.#sinks) sink.stop()
    for (const source of this.#sources.values()) source.stop()
    this.#server.stop()
    this.#presence.stop(goodbye)
    if (goodbye) await this.settled()
    this.#calls.failAll(error)
    this.#server.calls.failAll(error)
    await this.#link.close()
  }

  /** Resolves when the server has taken all that was said so far. What is said while it is away is said again when it is back. */
  async settled(): Promise<void> {
    if (this.#link.connected) await this.#link.flush().catch(() => {})
  }

  #check(): void {
    if (this.#closed) throw this.#link.lost()
  }

  #catchUp(request: CatchUpRequest): CatchUpResponse {
    const source = this.#sources.get(request.kind)
    if (!source || request.incarnation !== this.incarnation) {
      throw new ConnectError(`${this.daemon} has started again`, Code.FailedPrecondition)
    }
    return source.catchUp(request)
  }

  #announced(announcement: Announcement): void {
    for (const { listener, delivery } of this.#watchers) delivery.push(() => listener.up(announcement))
  }

  #reconnected(peer: Peer): void {
    const error = unavailable(peer.daemon, 'lost its connection')
    this.#calls.fail(peer.daemon, error, peer.epoch)
    this.#server.calls.fail(keyOf(peer), error)
  }

  #gone(peer: Peer): void {
    const { daemon, incarnation, announcement } = peer
    const error = unavailable(daemon, 'is gone')
    this.#calls.fail(daemon, error)
    this.#server.calls.drop(keyOf(peer), error)
    for (const sink of this.#sinks) sink.gone(peer)
    if (!announcement) return
    for (const { listener, delivery } of this.#watchers) delivery.push(() => listener.down(daemon, incarnation))
  }
}
