import type { ConnectError } from '@connectrpc/connect'
import type { PendingCall } from '../rpc/lease.ts'

/** Calls under way, by who is at the other end. */
export class CallBook {
  readonly #byPeer = new Map<string, Set<PendingCall>>()

  /** How many calls are under way. */
  get size(): number {
    let size = 0
    for (const calls of this.#byPeer.values()) size += calls.size
    return size
  }

  of(peer: string): Set<PendingCall> {
    let calls = this.#byPeer.get(peer)
    if (!calls) {
      calls = new Set()
      this.#byPeer.set(peer, calls)
    }
    return calls
  }

  /** Forgets a peer that has no calls. */
  prune(peer: string): void {
    if (this.#byPeer.get(peer)?.size === 0) this.#byPeer.delete(peer)
  }

  /** The peer is gone for good, with its calls. */
  drop(peer: string, error: ConnectError): void {
    this.fail(peer, error)
    this.#byPeer.delete(peer)
  }

  /** Fails the calls with a peer; those that are known to have begun in its present epoch are spared. */
  fail(peer: string, error: ConnectError, epoch?: number): void {
    for (const call of this.#byPeer.get(peer) ?? []) {
      if (epoch === undefined || call.peerEpoch !== epoch) call.fail(error)
    }
  }

  failAll(error: ConnectError): void {
    for (const calls of this.#byPeer.values()) for (const call of calls) call.fail(error)
  }
}
