import { FrameError, FrameType } from './frame.ts'

/** The largest message, in bytes. */
export const maxMessageSize = 64 * 1024 * 1024
const headerSize = 17
const smallestPiece = 512

/** Cuts a frame into pieces of at most `size` bytes: `type id u64, offset u32, total u32, bytes`. */
export function* cut(frame: Uint8Array, id: bigint, size: number): Generator<Uint8Array> {
  const piece = size - headerSize
  for (let offset = 0; offset < frame.length; offset += piece) {
    const bytes = frame.subarray(offset, offset + piece)
    const fragment = new Uint8Array(headerSize + bytes.length)
    const view = new DataView(fragment.buffer)
    fragment[0] = FrameType.fragment
    view.setBigUint64(1, id, true)
    view.setUint32(9, offset, true)
    view.setUint32(13, frame.length, true)
    fragment.set(bytes, headerSize)
    yield fragment
  }
}

interface Partial {
  id: bigint
  pieces: Uint8Array[]
  received: number
  total: number
  /** Ticks since its last piece. */
  age: number
}

/** How many bytes of unfinished frames one end of the bus may hold, over all its subscriptions. */
export class AssemblyBudget {
  readonly limit: number
  used = 0

  constructor(limit = 4 * maxMessageSize) {
    this.limit = limit
  }
}

/**
 * Puts frames together again. Pieces of one frame come in order, as NATS keeps the order of a sender; a frame of which one is missing, that
 * claims to be too large, or that stops growing is dropped: its call has failed by other means.
 */
export class Assembler {
  readonly #partials = new Map<bigint, Partial>()
  readonly #budget: AssemblyBudget

  constructor(budget: AssemblyBudget) {
    this.#budget = budget
  }

  /** The whole frame, when this was its last piece. */
  add(fragment: Uint8Array): Uint8Array | undefined {
    if (fragment.length <= headerSize) throw new FrameError('a fragment is cut short')
    const view = new DataView(fragment.buffer, fragment.byteOffset, fragment.byteLength)
    const id = view.getBigUint64(1, true)
    const offset = view.getUint32(9, true)
    const total = view.getUint32(13, true)
    const bytes = fragment.subarray(headerSize)
    if (total > maxMessageSize + 1024 * 1024) throw new FrameError(`a frame of ${total} bytes is too large`)
    if (offset + bytes.length > total) throw new FrameError('a fragment reaches beyond its frame')
    // Only a last piece is small: what an unfinished frame costs is what it holds.
    if (offset + bytes.length < total && bytes.length < smallestPiece) throw new FrameError('a fragment is too small')
    let partial = this.#partials.get(id)
    if (offset === 0) {
      if (partial) this.#drop(partial)
      partial = { id, pieces: [], received: 0, total, age: 0 }
      this.#partials.set(id, partial)
    }
    if (!partial) return undefined
    if (partial.received !== offset || partial.total !== total) {
      this.#drop(partial)
      throw new FrameError('a fragment is missing')
    }
    if (this.#budget.used + bytes.length > this.#budget.limit) {
      this.#drop(partial)
      throw new FrameError('too many unfinished frames')
    }
    partial.pieces.push(bytes)
    partial.received += bytes.length
    partial.age = 0
    this.#budget.used += bytes.length
    if (partial.received < total) return undefined
    this.#drop(partial)
    return join(partial)
  }

  /** Drops what has not grown for `patience` ticks. */
  tick(patience: number): void {
    for (const partial of this.#partials.values()) {
      partial.age += 1
      if (partial.age > patience) this.#drop(partial)
    }
  }

  clear(): void {
    for (const partial of this.#partials.values()) this.#drop(partial)
  }

  #drop(partial: Partial): void {
    this.#partials.delete(partial.id)
    this.#budget.used -= partial.received
  }
}

function join(partial: Partial): Uint8Array {
  const frame = new Uint8Array(partial.total)
  let at = 0
  for (const piece of partial.pieces) {
    frame.set(piece, at)
    at += piece.length
  }
  return frame
}
