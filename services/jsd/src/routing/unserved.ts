import type { WireCall, WireCallListener } from '../transport/wire-call.ts'
import { answers } from './call-status.ts'

/** A call of a method that no daemon announced. */
export class Unserved implements WireCallListener {
  readonly #call: WireCall
  readonly #path: string

  constructor(call: WireCall, path: string) {
    this.#call = call
    this.#path = path
  }

  onReceiveMetadata(): void {
    this.#call.sendStatus(answers.unknownRpc(this.#path))
  }

  onReceiveMessage(): void {}
  onReceiveHalfClose(): void {}
  onCancel(): void {}
}
