import { Code, ConnectError } from '@connectrpc/connect'
import type { ProgramForwardingRequest } from '@hangar/protocol/hangar/kernel/v1/kernel_pb'

/** Whose requests are taken, and which comes next. */
export class ProgramOrder {
  #incarnation = ''
  #next = 0n
  #inSnapshot = false

  /** Throws a ConnectError for a request that must not be taken now. */
  check({ incarnation, sequence, snapshot, synced }: ProgramForwardingRequest): void {
    if (snapshot) {
      if (sequence !== 1n)
        throw new ConnectError(`a snapshot begins with request 1, not ${sequence}`, Code.InvalidArgument)
      return
    }
    if (incarnation !== this.#incarnation || this.#next === 0n) {
      throw new ConnectError(`${incarnation} has not begun with a snapshot`, Code.FailedPrecondition)
    }
    if (sequence !== this.#next) {
      throw new ConnectError(`request ${this.#next} is next, not ${sequence}`, Code.FailedPrecondition)
    }
    if (synced && !this.#inSnapshot) throw new ConnectError('synced outside of a snapshot', Code.InvalidArgument)
  }

  /** The request is being done. */
  take({ incarnation, sequence, snapshot }: ProgramForwardingRequest): void {
    this.#incarnation = incarnation
    this.#next = sequence + 1n
    if (snapshot) this.#inSnapshot = true
  }

  /** The snapshot has been carried through. */
  synced(): void {
    this.#inSnapshot = false
  }
}
