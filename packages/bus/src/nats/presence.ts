import { create, fromBinary, type MessageInitShape, toBinary } from '@bufbuild/protobuf'
import {
  Presence_Kind,
  type Presence as PresenceMessage,
  PresenceSchema,
} from '@hangar/protocol/hangar/bus/v1/frame_pb'
import { type Announcement, AnnouncementSchema } from '@hangar/protocol/hangar/daemon/v1/daemon_pb'
import type { Cancel, Clock } from '@hangar/runtime'
import { checkName } from '../options.ts'
import { encodePlain, FrameType } from './frame.ts'
import type { Link } from './link.ts'
import type { Subjects } from './subjects.ts'

/** What is known of another end of the bus (or of this one: it hears itself too). */
export interface Peer {
  readonly daemon: string
  readonly incarnation: string
  readonly started: bigint
  epoch: number
  revision: number
  announcement: Announcement | undefined
  /** Heartbeats since it was last heard. */
  missed: number
}

export interface PresenceListener {
  /** It said what it is, for the first time or anew. */
  announced(announcement: Announcement): void
  /** It died, left, or was replaced. */
  gone(peer: Peer): void
  /** Its connection was lost and is back: what was on its way to it or from it may be lost. */
  reconnected(peer: Peer): void
}

export interface PresenceOptions {
  link: Link
  subjects: Subjects
  clock: Clock
  daemon: string
  incarnation: string
  listener: PresenceListener
  /** ms between two heartbeats. */
  heartbeat: number
  /** A peer that missed more than so many is gone. */
  patience: number
}

const probeToken = 'presence'
/** Names that are not ours may come from outside: no more of them are kept than this. */
const maxPeers = 1024
const unknownEpoch = -1

/**
 * Who is there. Each end beats; one that falls silent is asked at its own inbox, so that the server tells at once when nobody hears
 * that any more; one that hangs is given up after its patience.
 */
export class Presence {
  readonly #options: PresenceOptions
  readonly #peers = new Map<string, Peer>()
  /** The epochs of peers that went, should they come back. */
  readonly #lastEpochs = new Map<string, number>()
  /** Beats that peers still have to find the server again, after this end found it. */
  #grace = 0
  readonly #started: number
  readonly #subscription: { unsubscribe(): void }
  readonly #stopBeating: Cancel
  #announcement: Announcement | undefined
  #revision = 0

  constructor(options: PresenceOptions) {
    this.#options = options
    const { link, subjects, clock } = options
    this.#started = clock.now()
    this.#subscription = link.subscribe(subjects.members, frame => this.#hear(frame))
    link.receiveAs(probeToken, frame => frame && this.#say(Presence_Kind.BEAT))
    link.onUp(() => {
      // Before anything else is sent, so that peers let go of the calls that were lost with the connection.
      this.#say(Presence_Kind.ASK)
      for (const peer of this.#peers.values()) peer.missed = 0
      this.#grace = options.patience
    })
    this.#say(Presence_Kind.ASK)
    this.#stopBeating = clock.every(options.heartbeat, () => this.#beat())
  }

  get peers(): Iterable<Peer> {
    return this.#peers.values()
  }

  announce(announcement: MessageInitShape<typeof AnnouncementSchema>): void {
    const { daemon, incarnation } = this.#options
    this.#announcement = create(AnnouncementSchema, { ...announcement, daemon, incarnation })
    this.#revision += 1
    this.#say(Presence_Kind.ANNOUNCE)
  }

  /** Somebody called who was not heard yet: it is asked for like everybody. False when no more can be kept in mind. */
  expect(key: string): boolean {
    if (this.#peers.has(key)) return true
    const [daemon, incarnation] = key.split('.')
    if (!daemon || !incarnation || this.#peers.size >= maxPeers) return false
    const unheard = { started: 0n, epoch: unknownEpoch, revision: 0, announcement: undefined, missed: 1 }
    this.#peers.set(key, { daemon, incarnation, ...unheard })
    return true
  }

  /** A call met nobody at a daemon: those who go by its name are asked whether they still are. */
  suspect(daemon: string): void {
    if (this.#grace > 0) return
    for (const peer of this.#peers.values()) if (peer.daemon === daemon) this.#probe(peer)
  }

  /** Says goodbye, unless told to go as a crash would. */
  stop(goodbye: boolean): void {
    this.#stopBeating()
    this.#subscription.unsubscribe()
    if (goodbye) this.#say(Presence_Kind.LEAVE)
  }

  #say(kind: Presence_Kind): void {
    const { link, subjects, daemon, incarnation } = this.#options
    const announcement = kind === Presence_Kind.BEAT || kind === Presence_Kind.LEAVE ? undefined : this.#announcement
    const presence = create(PresenceSchema, {
      kind,
      daemon,
      incarnation,
      startedMs: BigInt(Math.floor(this.#started)),
      epoch: link.epoch,
      revision: this.#revision,
      ...(announcement ? { announcement } : {}),
    })
    link.tell(subjects.members, encodePlain(FrameType.presence, toBinary(PresenceSchema, presence)))
  }

  #beat(): void {
    const { link, patience } = this.#options
    link.tick()
    if (!link.connected) return
    this.#say(Presence_Kind.BEAT)
    if (this.#grace > 0) this.#grace -= 1
    // Counted in ticks, not in time: after a stall of this process what waits in the socket is heard before the next tick.
    for (const peer of this.#peers.values()) {
      peer.missed += 1
      if (peer.missed > patience) this.#remove(peer)
      else if (peer.missed > 1 && this.#grace === 0) this.#probe(peer)
    }
  }

  #probe(peer: Peer): void {
    const { link, subjects } = this.#options
    const token = `probe.${keyOf(peer)}`
    link.receiveAs(token, frame => {
      link.release(token)
      if (frame === undefined && this.#peers.get(keyOf(peer)) === peer) this.#remove(peer)
    })
    link.tell(
      `${subjects.inbox(peer.daemon, peer.incarnation)}${probeToken}`,
      encodePlain(FrameType.probe),
      link.inbox + token,
    )
  }

  #hear(frame: Uint8Array): void {
    if (frame[0] !== FrameType.presence) return
    const heard = fromBinary(PresenceSchema, frame.subarray(1))
    checkName('daemon', heard.daemon)
    checkName('incarnation', heard.incarnation)
    const key = keyOf(heard)
    let peer = this.#peers.get(key)
    if (heard.kind === Presence_Kind.LEAVE) {
      if (peer) this.#remove(peer)
      return
    }
    peer ??= this.#meet(heard)
    if (!peer) return
    peer.missed = 0
    if (heard.epoch !== peer.epoch) {
      const known = peer.epoch !== unknownEpoch
      peer.epoch = heard.epoch
      if (known) this.#options.listener.reconnected(peer)
    }
    if (heard.kind === Presence_Kind.ASK) this.#say(Presence_Kind.ANNOUNCE)
    if (heard.revision !== peer.revision) this.#learn(peer, heard)
  }

  #learn(peer: Peer, heard: PresenceMessage): void {
    if (!heard.announcement) {
      // A beat names a revision that was not heard: its announcement is asked for, once a beat at most.
      this.#say(Presence_Kind.ASK)
      return
    }
    const { daemon, incarnation } = heard
    peer.revision = heard.revision
    peer.announcement = create(AnnouncementSchema, { ...heard.announcement, daemon, incarnation })
    this.#options.listener.announced(peer.announcement)
  }

  #meet(heard: PresenceMessage): Peer | undefined {
    for (const other of this.#peers.values()) {
      if (other.daemon !== heard.daemon) continue
      // Two with one name: the younger is the daemon, the elder is dying and has not been missed yet.
      if (other.started > heard.startedMs) return undefined
      this.#remove(other)
    }
    if (this.#peers.size >= maxPeers) return undefined
    const { daemon, incarnation, startedMs, epoch } = heard
    const peer = { daemon, incarnation, started: startedMs, epoch, revision: 0, announcement: undefined, missed: 0 }
    const key = keyOf(peer)
    this.#peers.set(key, peer)
    const lastEpoch = this.#lastEpochs.get(key)
    this.#lastEpochs.delete(key)
    if (lastEpoch !== undefined && lastEpoch !== epoch) this.#options.listener.reconnected(peer)
    return peer
  }

  #remove(peer: Peer): void {
    this.#peers.delete(keyOf(peer))
    if (this.#lastEpochs.size >= maxPeers) this.#lastEpochs.delete(this.#lastEpochs.keys().next().value!)
    this.#lastEpochs.set(keyOf(peer), peer.epoch)
    this.#options.link.release(`probe.${keyOf(peer)}`)
    this.#options.listener.gone(peer)
  }
}

/** What tells one run of a daemon from another: `<daemon>.<incarnation>`. */
export function keyOf(peer: { daemon: string; incarnation: string }): string {
  return `${peer.daemon}.${peer.incarnation}`
}
