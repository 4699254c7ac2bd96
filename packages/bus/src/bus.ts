import type { DescMessage, DescService, MessageInitShape, MessageShape } from '@bufbuild/protobuf'
import type { Client, ServiceImpl } from '@connectrpc/connect'
import type { Announcement } from '@hangar/protocol/hangar/daemon/v1/daemon_pb'

/**
 * How a daemon speaks with the others of its device. Two back-ends, held to one case file:
 * {@link createMemoryHub} (one process, values are handed over as they are) and {@link connectNats}.
 *
 * Messages that were sent belong to the receiver as well: neither side changes one after it was handed over.
 */
export interface Bus {
  /** The device's name. Devices that share a NATS server never hear each other. */
  readonly device: string
  /** The daemon that this end belongs to. */
  readonly daemon: string
  /** Changes at each start of the daemon. */
  readonly incarnation: string
  /** False while this end can reach nobody, and for good once it has left. */
  readonly connected: boolean

  /** Serves `service` as this daemon. Resolves when calls can arrive. */
  serve<S extends DescService>(service: S, implementation: ServiceImpl<S>): Promise<void>

  /**
   * A client of `service` as `daemon` serves it. A call to a daemon that is not there fails at once with Code.Unavailable; one
   * whose daemon dies under way fails with it too. Deadlines (`timeoutMs`) and cancellation (`signal`) reach the server.
   */
  client<S extends DescService>(daemon: string, service: S): Client<S>

  /** Tells everybody what this daemon is. Called again, it replaces what was said. */
  announce(
    announcement: MessageInitShape<typeof import('@hangar/protocol/hangar/daemon/v1/daemon_pb').AnnouncementSchema>,
  ): Promise<void>

  /** Who is there: first everybody already announced, then each change. `down` comes for a daemon that left or died. */
  watchMembers(listener: MemberListener): Promise<AsyncDisposable>

  /**
   * An event source. Events are numbered; the newest `ring` of them, 4 MiB at most, are kept for subscribers that were away. Asked for
   * again, it is the same source.
   */
  publisher<M extends DescMessage>(kind: string, schema: M, options?: { ring?: number }): Publisher<M>

  /**
   * Hears the events of one kind of one daemon, or of all daemons (`'*'`), in each publisher's order. What was missed while the
   * connection was away is fetched from the publisher's ring; what the ring no longer holds is reported to `onGap`.
   */
  subscribe<M extends DescMessage>(
    daemon: string,
    kind: string,
    schema: M,
    listener: (event: MessageShape<M>, from: EventOrigin) => void,
    onGap?: (gap: EventGap) => void,
  ): Promise<AsyncDisposable>

  /** Leaves: calls under way fail with Code.Unavailable, the others see this daemon go down at once. */
  close(): Promise<void>
}

export interface MemberListener {
  /** A daemon came, or changed what it says about itself. A new incarnation without a `down` before it means that both happened. */
  up(announcement: Announcement): void
  down(daemon: string, incarnation: string): void
}

export interface Publisher<M extends DescMessage> {
  /** Sends an event. Resolves never: nobody answers an event. */
  publish(event: MessageInitShape<M>): void
}

export interface EventOrigin {
  daemon: string
  incarnation: string
  sequence: bigint
}

export interface EventGap {
  daemon: string
  /** How many events were lost for good. */
  missed: bigint
}
