import { MemoryStore, type StoredPacket } from './memory-store.ts'

export interface StoreLimits {
  /** Retained messages, all topics together. */
  retained: number
  /** Bytes of all retained messages. */
  retainedBytes: number
  /** Messages that wait for one session whose client is away, or that it has not acknowledged. mosquitto's default is 1000 too. */
  queued: number
  /** Bytes that wait for one session. */
  queuedBytes: number
}

interface Queue {
  messages: number
  bytes: number
}

const size = (packet: StoredPacket) => packet.topic.length + packet.payload.length

/**
 * What the broker keeps beyond a connection: retained messages and the queues of persistent sessions, in memory, within
 * limits. What does not fit is not kept; it still goes to everybody who is connected.
 */
export class BoundedStore extends MemoryStore {
  readonly #limits: StoreLimits
  readonly #retained = new Map<string, number>()
  #retainedBytes = 0
  readonly #queues = new Map<string, Queue>()

  constructor(limits: StoreLimits) {
    super()
    this.#limits = limits
  }

  override async storeRetained(packet: StoredPacket): Promise<void> {
    const held = this.#retained.get(packet.topic)
    const bytes = packet.payload.length === 0 ? 0 : size(packet)
    const total = this.#retainedBytes - (held ?? 0) + bytes
    if (bytes > 0 && total > this.#limits.retainedBytes) return
    if (bytes > 0 && held === undefined && this.#retained.size >= this.#limits.retained) return
    this.#retainedBytes = total
    if (bytes === 0) this.#retained.delete(packet.topic)
    else this.#retained.set(packet.topic, bytes)
    await super.storeRetained(packet)
  }

  override async outgoingEnqueueCombi(subscriptions: { clientId: string }[], packet: StoredPacket): Promise<void> {
    const bytes = size(packet)
    const seen = new Set<string>()
    const fitting = subscriptions.filter(({ clientId }) => {
      // Overlapping filters of one session queue one copy, as they deliver one.
      if (seen.has(clientId)) return false
      seen.add(clientId)
      const queue = this.#queues.get(clientId) ?? { messages: 0, bytes: 0 }
      if (queue.messages >= this.#limits.queued || queue.bytes + bytes > this.#limits.queuedBytes) return false
      this.#queues.set(clientId, { messages: queue.messages + 1, bytes: queue.bytes + bytes })
      return true
    })
    await super.outgoingEnqueueCombi(fitting, packet)
  }

  /** A message that did not fit is delivered all the same, it only cannot be sent again. */
  override async outgoingUpdate(client: { id: string }, packet: StoredPacket): Promise<void> {
    await super.outgoingUpdate(client, packet).catch(() => {})
  }

  override async outgoingClearMessageId(
    client: { id: string },
    packet: Partial<StoredPacket>,
  ): Promise<StoredPacket | undefined> {
    const cleared = await super.outgoingClearMessageId(client, packet)
    const queue = this.#queues.get(client.id)
    if (!cleared || !queue) return cleared
    queue.messages--
    queue.bytes -= size(cleared)
    if (queue.messages <= 0) this.#queues.delete(client.id)
    return cleared
  }

  /** Ends a persistent session: what it subscribed to and what waits for it. */
  async forget(id: string): Promise<void> {
    await this.cleanSubscriptions({ id })
    for await (const packet of this.outgoingStream({ id })) {
      await super.outgoingClearMessageId({ id }, packet as StoredPacket)
    }
    this.#queues.delete(id)
  }
}
