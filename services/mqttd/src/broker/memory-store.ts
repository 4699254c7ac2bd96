import type { Readable } from 'node:stream'
// @ts-expect-error The package declares the types of its code under another path.
import AsyncPersistence from 'aedes-persistence/asyncPersistence.js'

export interface StoredPacket {
  topic: string
  payload: Uint8Array | string
  messageId?: number
  brokerId?: string
  brokerCounter?: number
}

/** What of aedes' store in memory is used here. */
interface Store {
  storeRetained(packet: StoredPacket): Promise<void>
  cleanSubscriptions(client: { id: string }): Promise<void>
  outgoingEnqueueCombi(subscriptions: { clientId: string }[], packet: StoredPacket): Promise<void>
  outgoingUpdate(client: { id: string }, packet: StoredPacket): Promise<void>
  outgoingClearMessageId(client: { id: string }, packet: Partial<StoredPacket>): Promise<StoredPacket | undefined>
  outgoingStream(client: { id: string }): Readable
}

export const MemoryStore = AsyncPersistence as new () => Store
