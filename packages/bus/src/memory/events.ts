import type { Message } from '@bufbuild/protobuf'
import type { EventOrigin } from '../bus.ts'
import type { Delivery } from '../delivery.ts'

export interface EventSubscription {
  /** A daemon's name, or `*`. */
  daemon: string
  listener: (event: Message, from: EventOrigin) => void
  delivery: Delivery
}

/** Hands events to whoever subscribed. Nobody is ever away here, so that nothing is kept to be asked for later. */
export class EventExchange {
  readonly #subscriptions = new Map<string, Set<EventSubscription>>()

  publish(kind: string, event: Message, from: EventOrigin): void {
    const subscriptions = this.#subscriptions.get(kind)
    if (!subscriptions) return
    for (const { daemon, listener, delivery } of subscriptions) {
      if (daemon === '*' || daemon === from.daemon) delivery.push(() => listener(event, from))
    }
  }

  /** The function that it gives ends the subscription. */
  subscribe(kind: string, subscription: EventSubscription): () => void {
    let subscriptions = this.#subscriptions.get(kind)
    if (!subscriptions) {
      subscriptions = new Set()
      this.#subscriptions.set(kind, subscriptions)
    }
    subscriptions.add(subscription)
    return () => {
      subscriptions.delete(subscription)
      subscription.delivery.close()
    }
  }
}
