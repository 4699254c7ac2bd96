import type { Uint128 } from '@hangar/protocol/gribi_service_pb'

/** One number of 128 bits; undefined is none. */
export function electionId(id: Uint128 | undefined): bigint | undefined {
  return id && (id.high << 64n) + id.low
}

export function electionMessage(id: bigint) {
  return { high: id >> 64n, low: id & 0xffff_ffff_ffff_ffffn }
}

/** What clients of one device agree on while any of them is there. */
export interface SharedParameters {
  readonly singlePrimary: boolean
  readonly preserve: boolean
  readonly fibAck: boolean
}

/** Which sessions there are, what they agreed on, and the highest election id that was seen. */
export class Election {
  highest = 0n
  #parameters: SharedParameters | undefined
  readonly #sessions = new Set<object>()

  get parameters(): SharedParameters | undefined {
    return this.#parameters
  }

  /** A session begins with its parameters; false when they differ from those of the others. */
  join(session: object, parameters: SharedParameters): boolean {
    this.#sessions.delete(session)
    const held = this.#sessions.size > 0 ? this.#parameters : undefined
    if (held && (held.singlePrimary !== parameters.singlePrimary || held.preserve !== parameters.preserve)) {
      this.#sessions.add(session)
      return false
    }
    this.#sessions.add(session)
    this.#parameters = parameters
    return true
  }

  leave(session: object): void {
    this.#sessions.delete(session)
  }

  /** What the last session said still holds for those who flush when nobody is there. */
  get singlePrimary(): boolean {
    return this.#parameters?.singlePrimary ?? false
  }
}
