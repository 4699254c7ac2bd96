import { create, type DescMessage, type MessageInitShape, toBinary } from '@bufbuild/protobuf'
import {
  type CatchUpRequest,
  type CatchUpResponse,
  CatchUpResponse_EventSchema,
  CatchUpResponseSchema,
} from '@hangar/protocol/hangar/bus/v1/event_pb'
import { EventPositionSchema } from '@hangar/protocol/hangar/bus/v1/frame_pb'
import { type Logger, messageOf } from '@hangar/runtime'
import { encodeEvent, encodePlain, FrameType } from './frame.ts'
import type { Link } from './link.ts'
import { Ring } from './ring.ts'
import type { Subjects } from './subjects.ts'

/** Bytes of events that may be between this end and the server before the publisher waits for it. */
const unconfirmedLimit = 4 * 1024 * 1024
/** Bytes of events in one answer to a subscriber that was away. */
const catchUpSize = 256 * 1024
/** Bytes of events that are kept: a batch of thousands of routes is one event. */
const ringSize = 4 * 1024 * 1024

export interface EventSourceOptions {
  link: Link
  subjects: Subjects
  log: Logger
  daemon: string
  incarnation: string
  kind: string
  schema: DescMessage
  /** How many events are kept. */
  ring: number
}

/**
 * The events of one kind of one daemon. Everything goes through the ring: while the server is slow or away, events wait there and
 * nowhere else, and those that it could not hold are a gap that subscribers hear of.
 */
export class EventSource {
  readonly #options: EventSourceOptions
  readonly #ring: Ring
  readonly #subject: string
  readonly #subscription: { unsubscribe(): void }
  readonly #forgetUp: () => void
  /** The next event to send. */
  #cursor = 1n
  #unconfirmed = 0
  #sending = false
  /** Subscribers know of this publisher. */
  #introduced = false

  constructor(options: EventSourceOptions) {
    this.#options = options
    const { link, subjects, daemon, kind } = options
    this.#ring = new Ring(options.ring, ringSize)
    this.#subject = subjects.event(daemon, kind)
    this.#subscription = link.subscribe(subjects.position(kind), (frame, _subject, reply) => {
      // The second byte: whether the asker was there before, and only lost its connection.
      if (reply && frame[0] === FrameType.position) this.#tellPosition(reply, frame[1] === 1)
    })
    this.#forgetUp = link.onUp(() => this.#introduce())
    this.#introduce()
  }

  publish(event: MessageInitShape<DescMessage>): void {
    const { schema, incarnation } = this.#options
    const payload = toBinary(schema, create(schema, event))
    this.#ring.push(encodeEvent(incarnation, this.#ring.next, payload))
    if (!this.#sending) this.#send()
  }

  /** The events from `from` on that the ring still holds, as many as fit. */
  catchUp({ from }: CatchUpRequest): CatchUpResponse {
    const { next, oldest } = this.#ring
    const events = []
    let size = 0
    for (let sequence = from < oldest ? oldest : from; sequence < next && size < catchUpSize; sequence += 1n) {
      const frame = this.#ring.get(sequence)!
      const event = frame.subarray(10 + frame[1]!)
      events.push(create(CatchUpResponse_EventSchema, { sequence, event }))
      size += event.length
    }
    return create(CatchUpResponseSchema, { events, oldest, next })
  }

  stop(): void {
    this.#subscription.unsubscribe()
    this.#forgetUp()
  }

  #send(): void {
    const { link, log } = this.#options
    while (this.#cursor < this.#ring.next) {
      // What was published while the server is away is asked for by the subscribers when it is back.
      if (!link.connected) this.#cursor = this.#ring.next
      if (this.#cursor < this.#ring.oldest) this.#cursor = this.#ring.oldest
      const frame = this.#ring.get(this.#cursor)
      if (!frame) return
      this.#cursor += 1n
      this.#unconfirmed += frame.length
      let wait: Promise<void> | undefined
      try {
        wait = link.send(this.#subject, frame)
      } catch (error) {
        log.debug({ error: messageOf(error) }, 'an event could not be sent')
      }
      if (!wait && this.#unconfirmed >= unconfirmedLimit) wait = link.flush()
      if (wait) {
        this.#sendAfter(wait)
        return
      }
    }
  }

  #sendAfter(wait: Promise<void>): void {
    this.#sending = true
    const goOn = () => {
      this.#sending = false
      this.#unconfirmed = 0
      this.#send()
    }
    wait.then(goOn, goOn)
  }

  #introduce(): void {
    if (!this.#options.link.connected) return
    this.#tellPosition(this.#subject, !this.#introduced)
    this.#introduced = true
  }

  #tellPosition(subject: string, fromStart: boolean): void {
    const { link, daemon, incarnation } = this.#options
    const { next } = this.#ring
    const position = create(EventPositionSchema, { daemon, incarnation, start: fromStart ? 1n : next, next })
    link.tell(subject, encodePlain(FrameType.position, toBinary(EventPositionSchema, position)))
  }
}
