import type { MessageBytes } from './message-bytes.ts'

/** The first byte of everything that travels. README.md shows what follows it. */
export const FrameType = {
  request: 1,
  answer: 2,
  failure: 3,
  cancel: 4,
  open: 5,
  accept: 6,
  message: 7,
  end: 8,
  streamFailure: 9,
  credit: 10,
  stop: 11,
  fragment: 12,
  event: 13,
  position: 14,
  presence: 15,
  probe: 16,
  header: 17,
} as const

const hasTimeout = 1
const hasMetadata = 2
const empty = new Uint8Array(0)
const textEncoder = new TextEncoder()
const textDecoder = new TextDecoder()

/** A frame that breaks the rules. Whoever sent it is not one of us, or is broken: it is dropped. */
export class FrameError extends Error {}

/** What requests, opens and answers have in common: a deadline, metadata, one message. */
export interface CallFrame {
  type: number
  /** ms that the caller still waits. */
  timeoutMs: number | undefined
  metadata: Uint8Array | undefined
  payload: Uint8Array
}

/** `type flags [timeout u32] [length u32, metadata] payload` */
export function encodeCall(
  type: number,
  payload: MessageBytes,
  timeoutMs?: number | undefined,
  metadata?: Uint8Array | undefined,
): Uint8Array {
  let length = 2 + payload.length
  let flags = 0
  if (timeoutMs !== undefined) {
    flags |= hasTimeout
    length += 4
  }
  if (metadata) {
    flags |= hasMetadata
    length += 4 + metadata.length
  }
  const frame = new Uint8Array(length)
  frame[0] = type
  frame[1] = flags
  let at = 2
  if (timeoutMs !== undefined) at = putUint32(frame, at, Math.min(Math.max(Math.ceil(timeoutMs), 0), 0xffffffff))
  if (metadata) {
    at = putUint32(frame, at, metadata.length)
    frame.set(metadata, at)
    at += metadata.length
  }
  putMessage(frame, at, payload)
  return frame
}

export function decodeCall(frame: Uint8Array): CallFrame {
  if (frame.length < 2) throw new FrameError('a call frame is cut short')
  const flags = frame[1]!
  let at = 2
  let timeoutMs: number | undefined
  let metadata: Uint8Array | undefined
  if (flags & hasTimeout) {
    timeoutMs = getUint32(frame, at)
    at += 4
  }
  if (flags & hasMetadata) {
    const length = getUint32(frame, at)
    at += 4
    if (length > frame.length - at) throw new FrameError('metadata is cut short')
    metadata = frame.subarray(at, at + length)
    at += length
  }
  return { type: frame[0]!, timeoutMs, metadata, payload: frame.subarray(at) }
}

/** `type number u32, payload`: frames of a stream with their place in it, and credits with their amount. */
export function encodeNumbered(type: number, number: number, payload: Uint8Array = empty): Uint8Array {
  const frame = new Uint8Array(5 + payload.length)
  frame[0] = type
  putUint32(frame, 1, number)
  frame.set(payload, 5)
  return frame
}

export function decodeNumbered(frame: Uint8Array): { number: number; payload: Uint8Array } {
  return { number: getUint32(frame, 1), payload: frame.subarray(5) }
}

/** `type number u32`, then several messages, each as `length u32, bytes`. `size`: the bytes of all of them. */
export function encodeMessages(number: number, messages: readonly MessageBytes[], size: number): Uint8Array {
  const frame = new Uint8Array(5 + size + 4 * messages.length)
  frame[0] = FrameType.message
  let at = putUint32(frame, 1, number)
  for (const message of messages) at = putMessage(frame, putUint32(frame, at, message.length), message)
  return frame
}

/** The messages in the payload of such a frame. */
export function* decodeMessages(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; ) {
    const length = getUint32(bytes, at)
    at += 4
    if (length > bytes.length - at) throw new FrameError('a message is cut short')
    yield bytes.subarray(at, at + length)
    at += length
  }
}

/** `type payload` */
export function encodePlain(type: number, payload: Uint8Array = empty): Uint8Array {
  const frame = new Uint8Array(1 + payload.length)
  frame[0] = type
  frame.set(payload, 1)
  return frame
}

/** `type epoch u32, subject`: where the server of a stream hears its client. */
export function encodeAccept(epoch: number, subject: string): Uint8Array {
  return encodeNumbered(FrameType.accept, epoch, textEncoder.encode(subject))
}

export function decodeAccept(frame: Uint8Array): { epoch: number; subject: string } {
  const { number, payload } = decodeNumbered(frame)
  return { epoch: number, subject: textDecoder.decode(payload) }
}

/** `type length u8, incarnation, sequence u64, payload` */
export function encodeEvent(incarnation: string, sequence: bigint, payload: Uint8Array): Uint8Array {
  const name = textEncoder.encode(incarnation)
  const frame = new Uint8Array(10 + name.length + payload.length)
  frame[0] = FrameType.event
  frame[1] = name.length
  frame.set(name, 2)
  new DataView(frame.buffer).setBigUint64(2 + name.length, sequence, true)
  frame.set(payload, 10 + name.length)
  return frame
}

export function decodeEvent(frame: Uint8Array): { incarnation: string; sequence: bigint; payload: Uint8Array } {
  const length = frame[1] ?? 0
  if (frame.length < 10 + length) throw new FrameError('an event frame is cut short')
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength)
  return {
    incarnation: textDecoder.decode(frame.subarray(2, 2 + length)),
    sequence: view.getBigUint64(2 + length, true),
    payload: frame.subarray(10 + length),
  }
}

function putMessage(frame: Uint8Array, at: number, { head, body, length }: MessageBytes): number {
  frame.set(head, at)
  frame.set(body, at + head.length)
  return at + length
}

function putUint32(bytes: Uint8Array, at: number, value: number): number {
  bytes[at] = value
  bytes[at + 1] = value >>> 8
  bytes[at + 2] = value >>> 16
  bytes[at + 3] = value >>> 24
  return at + 4
}

function getUint32(bytes: Uint8Array, at: number): number {
  if (bytes.length < at + 4) throw new FrameError('a frame is cut short')
  return (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> 0
}
