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
  let turn = 0
  let busy = false
  let draining = false

  const start: Publish = (packet, client, done) => {
    const own = ++turn
    busy = true
    original(packet, client, error => {
      // It failed before it was handed over.
      if (busy && own === turn) next()
      done(error)
    })
  }
  const next = () => {
    busy = false
    if (draining) return
    draining = true
    while (!busy && waiting.length > 0) start(...waiting.shift()!)
    draining = false
  }

  inside.publish = (packet, client, done = () => {}) => {
    const [from, callback] = typeof client === 'function' ? [null, client as Done] : [client, done]
    if (busy || draining) waiting.push([packet, from, callback])
    else start(packet, from, callback)
  }
  inside.mq.emit = (packet, done) => {
    const result = emit(packet, done)
    if (busy) next()
    return result
  }
}
