import type { WireStatus } from '../transport/wire-call.ts'

/** A login that ends with a gRPC status instead of an answer. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly status: WireStatus

  constructor(status: WireStatus) {
    super(status.details)
    this.status = status
  }
}
