import type { Aedes } from 'aedes'

type Done = (error?: Error | null) => void
type Publish = (packet: unknown, client: unknown, done: Done) => void

interface Inside {
  publish(packet: unknown, client: unknown, done?: Done): void
  mq: { emit(packet: unknown, done: Done): unknown }
}

/**
 * Makes a broker hand messages over in the order in which they were published. aedes numbers a message first and stores it
 * (QoS 1 and 2, retain) before it hands it over, so that a later message with nothing to store overtakes it; each
 * subscriber then takes the lower number for a copy of what it has had, and the message is lost.
 */
export function publishInOrder(broker: Aedes): void {
  const inside = broker as unknown as Inside
  const original: Publish = inside.publish.bind(broker)
  const emit = inside.mq.emit.bind(inside.mq)
  const waiting: Parameters<Publish>[] = []
  /** The message that is on its way to be handed over; 0: none. */
  let current = 0
  let turn = 0
  let draining = false

  const start: Publish = (packet, client, done) => {
    const own = ++turn
    current = own
    original(packet, client, error => {
      // Most have been handed over by now; one that failed before has not.
      leave(own)
      done(error)
    })
  }
  const leave = (own: number) => {
    if (current !== own) return
    current = 0
    if (draining) return
    draining = true
    for (let next = waiting.shift(); next; next = current === 0 ? waiting.shift() : undefined) start(...next)
    draining = false
  }

  inside.publish = (packet, client, done = () => {}) => {
    const [from, callback] = typeof client === 'function' ? [null, client as Done] : [client, done]
    if (current !== 0 || draining) waiting.push([packet, from, callback])
    else start(packet, from, callback)
  }
  inside.mq.emit = (packet, done) => {
    const own = current
    const result = emit(packet, done)
    if (own !== 0) leave(own)
    return result
  }
}
