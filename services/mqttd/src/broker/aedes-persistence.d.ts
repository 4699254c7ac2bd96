/** The in-memory store of aedes; the package declares its types under another path than its code. */
declare module 'aedes-persistence/asyncPersistence.js' {
  import type { Readable } from 'node:stream'

  export interface StoredPacket {
    topic: string
    payload: Uint8Array | string
    messageId?: number
    brokerId?: string
    brokerCounter?: number
  }

  export default class MemoryPersistence {
    setup(broker: unknown): Promise<void>
    storeRetained(packet: StoredPacket): Promise<void>
    addSubscriptions(client: { id: string }, subscriptions: { topic: string; qos: number }[]): Promise<void>
    cleanSubscriptions(client: { id: string }): Promise<void>
    outgoingEnqueueCombi(subscriptions: { clientId: string }[], packet: StoredPacket): Promise<void>
    outgoingUpdate(client: { id: string }, packet: StoredPacket): Promise<void>
    outgoingClearMessageId(client: { id: string }, packet: Partial<StoredPacket>): Promise<StoredPacket | undefined>
    outgoingStream(client: { id: string }): Readable
    putWill(client: { id: string }, packet: StoredPacket): Promise<void>
  }
}
