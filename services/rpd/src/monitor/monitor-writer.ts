import type { Dialect } from '../read/dialect.ts'
import { MessageBuffer, varintSize } from '../read/message-buffer.ts'
import type { RouteEncoder } from '../read/route-encoder.ts'
import { tableNameField } from '../read/submessages.ts'
import { numberField } from '../read/wire.ts'

/** RouteMonitorRouteOp; the modern generation numbers them alike. */
const operations = { add: 1, modify: 2, delete: 3, endOfTable: 5 } as const
export type MonitorOperation = Exclude<keyof typeof operations, 'endOfTable'>

/** A name that is longer is no table's, and not said again. */
const LONGEST_NAME = 256

/** What every message of a monitor begins with: how it went, the client's context, the table. */
export function monitorHead(
  dialect: Dialect,
  { code, message, context, table }: { code: number; message: string; context: number; table: string },
): Uint8Array {
  const { context: contextField, table: tableField } = dialect.monitor
  return Uint8Array.from([
    ...dialect.status(code, message),
    ...numberField(contextField, context),
    ...(table.length > LONGEST_NAME ? [] : tableNameField(tableField, table)),
  ])
}

/** Writes the messages of one monitor. */
export class MonitorWriter {
  /** Begins each message. */
  head: Uint8Array = new Uint8Array()
  /** Entries in the message so far. */
  count = 0
  readonly #encoder: RouteEncoder
  readonly #tag: number
  readonly #buffer = new MessageBuffer()

  constructor(encoder: RouteEncoder, dialect: Dialect) {
    this.#encoder = encoder
    this.#tag = (dialect.monitor.routes << 3) | 2
  }

  /** Bytes of the message so far. */
  get size(): number {
    return this.#buffer.at
  }

  route(operation: MonitorOperation, row: number): void {
    this.#entry(operation, this.#encoder.measure(row))
  }

  /** A route of which only the key is left. */
  key(
    operation: MonitorOperation,
    k0: number,
    k1: number,
    k2: number,
    k3: number,
    length: number,
    cookieLow: number,
    cookieHigh: number,
  ): void {
    this.#entry(operation, this.#encoder.measureKey(k0, k1, k2, k3, length, cookieLow, cookieHigh))
  }

  endOfTable(): void {
    const buffer = this.#begin(4)
    buffer.put(Uint8Array.of(this.#tag, 2, 0x08, operations.endOfTable))
  }

  /** The message, for the receiver to keep. */
  take(): Uint8Array {
    this.count = 0
    return this.#buffer.take()
  }

  #entry(operation: MonitorOperation, size: number): void {
    const entrySize = 3 + varintSize(size) + size
    const buffer = this.#begin(entrySize + 6)
    const { bytes } = buffer
    bytes[buffer.at++] = this.#tag
    buffer.varint(entrySize)
    bytes[buffer.at++] = 0x08
    bytes[buffer.at++] = operations[operation]
    bytes[buffer.at++] = 0x12
    buffer.varint(size)
    this.#encoder.write(buffer)
  }

  /** The buffer, with room for one more entry. */
  #begin(size: number): MessageBuffer {
    const buffer = this.#buffer
    buffer.ensure(this.head.length + size)
    if (this.count++ === 0) buffer.put(this.head)
    return buffer
  }
}
