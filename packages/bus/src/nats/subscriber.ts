import { type DescMessage, fromBinary, type Message } from '@bufbuild/protobuf'
import type { CatchUpResponse } from '@hangar/protocol/hangar/bus/v1/event_pb'
import { EventPositionSchema } from '@hangar/protocol/hangar/bus/v1/frame_pb'
import { type Logger, messageOf } from '@hangar/runtime'
import type { EventGap, EventOrigin } from '../bus.ts'
import { checkName } from '../options.ts'
import { EventCursor } from './event-cursor.ts'
import { decodeEvent, FrameType } from './frame.ts'
import type { Link } from './link.ts'
import { keyOf, type Peer } from './presence.ts'
import type { Subjects } from './subjects.ts'

export interface EventSinkOptions {
  link: Link
  subjects: Subjects
  log: Logger
  /** A daemon, or `*`. */
  daemon: string
  kind: string
  schema: DescMessage
  listener: (event: Message, from: EventOrigin) => void
  onGap: ((gap: EventGap) => void) | undefined
  fetch(daemon: string, request: { kind: string; incarnation: string; from: bigint }): Promise<CatchUpResponse>
}

/** Names that are not ours may come from outside: no more publishers are followed than this. */
const maxCursors = 1024

/** One subscription: a cursor for each publisher that it hears. */
export class EventSink {
  readonly #options: EventSinkOptions
  readonly #cursors = new Map<string, EventCursor>()
  readonly #subscription: { unsubscribe(): void }
  readonly #token: string
  readonly #forgetUp: () => void

  constructor(options: EventSinkOptions) {
    this.#options = options
    const { link, subjects, daemon, kind } = options
    this.#token = link.receive(frame => frame && this.#position(frame))
    this.#subscription = link.subscribe(subjects.event(daemon, kind), (frame, subject) => this.#hear(frame, subject))
    this.#forgetUp = link.onUp(() => this.#ask(true))
    this.#ask(false)
  }

  /** Tries again what could not be fetched. */
  tick(): void {
    for (const cursor of this.#cursors.values()) cursor.catchUp()
  }

  gone(peer: Peer): void {
    const key = keyOf(peer)
    this.#cursors.get(key)?.close()
    this.#cursors.delete(key)
  }

  stop(): void {
    this.#subscription.unsubscribe()
    this.#forgetUp()
    this.#options.link.release(this.#token)
    this.#cursors.clear()
  }

  #ask(again: boolean): void {
    const { link, subjects, kind } = this.#options
    link.tell(subjects.position(kind), new Uint8Array([FrameType.position, again ? 1 : 0]), link.inbox + this.#token)
  }

  #hear(frame: Uint8Array, subject: string): void {
    if (frame[0] === FrameType.position) {
      this.#position(frame)
      return
    }
    if (frame[0] !== FrameType.event) return
    const { incarnation, sequence, payload } = decodeEvent(frame)
    const daemon = subject.split('.').at(-2)!
    this.#cursor(daemon, incarnation, sequence)?.heard(sequence, payload)
  }

  #position(frame: Uint8Array): void {
    if (frame[0] !== FrameType.position) return
    const { daemon, incarnation, start, next } = fromBinary(EventPositionSchema, frame.subarray(1))
    if (this.#options.daemon !== '*' && this.#options.daemon !== daemon) return
    this.#cursor(checkName('daemon', daemon), incarnation, start)?.position(next)
  }

  #cursor(daemon: string, incarnation: string, start: bigint): EventCursor | undefined {
    const key = keyOf({ daemon, incarnation: checkName('incarnation', incarnation) })
    let cursor = this.#cursors.get(key)
    if (cursor || this.#cursors.size >= maxCursors) return cursor
    const { kind, onGap, fetch } = this.#options
    cursor = new EventCursor(start, {
      deliver: (sequence, event) => this.#deliver({ daemon, incarnation, sequence }, event),
      gap: missed => this.#call(() => onGap?.({ daemon, missed })),
      fetch: from => fetch(daemon, { kind, incarnation, from }),
    })
    this.#cursors.set(key, cursor)
    return cursor
  }

  #deliver(from: EventOrigin, event: Uint8Array): void {
    const { schema, listener } = this.#options
    this.#call(() => listener(fromBinary(schema, event), from))
  }

  #call(run: () => void): void {
    try {
      run()
    } catch (error) {
      this.#options.log.error({ kind: this.#options.kind, error: messageOf(error) }, 'a listener failed')
    }
  }
}
