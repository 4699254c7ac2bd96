import type { Socket } from 'node:net'
import { Duplex } from 'node:stream'
import type { Cancel, Clock } from '@hangar/runtime'
import { closeGently } from './close-gently.ts'
import { PacketSize } from './packet-size.ts'

export interface ClientStreamLimits {
  /** Largest packet that is taken, bytes. */
  packet: number
  /** Bytes that may wait for a client that does not read; what is published beyond them does not go to it. */
  queue: number
}

const publishType = 3
const disconnectType = 14

/**
 * The stream that the broker sees in place of a client's socket. It makes three promises that a socket does not:
 *
 * - It never pushes back. The broker waits for each subscriber before it goes on, so one that does not read would hold
 *   up all the others. Here the PUBLISH packets beyond `limits.queue` are left out for that client alone, as mosquitto
 *   does; answers to its own requests beyond twice that end the connection.
 * - The first packet goes out at once; what is written after it goes out once a turn of the event loop, until a turn has
 *   nothing. A burst costs one system call a turn, a single message waits for nothing.
 * - No packet of more than `limits.packet` bytes is read.
 */
export class ClientStream extends Duplex {
  /** Told once for each time that messages begin to be dropped. */
  onDropping: () => void = () => {}
  readonly socket: Socket
  readonly #limits: ClientStreamLimits
  readonly #clock: Clock
  readonly #sizes: PacketSize
  #waiting: (Uint8Array | string)[] = []
  #waitingBytes = 0
  #flushing = false
  #wroteThisTurn = false
  #packetBegins = false
  #leavingOut = false
  #dropping = false
  #lastInput: number
  #cancelTimer: Cancel = () => {}

  constructor(socket: Socket, limits: ClientStreamLimits, clock: Clock) {
    super({ readableHighWaterMark: 65536 })
    this.socket = socket
    this.#limits = limits
    this.#clock = clock
    this.#sizes = new PacketSize(limits.packet)
    this.#lastInput = clock.monotonic()
    socket.setNoDelay(true)
    socket.on('data', chunk => this.#receive(chunk))
    socket.on('end', () => this.push(null))
    socket.on('error', error => this.destroy(error))
    socket.on('close', () => this.destroy())
  }

  /** Bytes that the client has not taken yet. */
  get queued(): number {
    return this.#waitingBytes + this.socket.writableLength
  }

  /** Whether the client's last packet is a DISCONNECT. */
  get saidGoodbye(): boolean {
    return this.#sizes.type === disconnectType
  }

  /** Ends the connection when nothing comes for `ms`. Replaces what was said before; 0 waits for ever. */
  expectInput(ms: number, message: string): void {
    this.#cancelTimer()
    if (ms === 0 || this.destroyed) return
    const idle = this.#clock.monotonic() - this.#lastInput
    if (idle >= ms) this.destroy(new Error(message))
    else this.#cancelTimer = this.#clock.after(ms - idle, () => this.expectInput(ms, message))
  }

  /** Ends the connection after `ms`, whatever comes, unless {@link expectInput} is called before. */
  deadline(ms: number, message: string): void {
    this.#cancelTimer()
    this.#cancelTimer = this.#clock.after(ms, () => this.destroy(new Error(message)))
  }

  override _read(): void {
    this.socket.resume()
  }

  /** The packet writer corks at the beginning of each packet: that is where one can be left out whole. */
  override cork(): void {
    this.#packetBegins = true
  }

  override uncork(): void {}

  override write(chunk: Uint8Array | string, ..._rest: unknown[]): boolean {
    if (this.#packetBegins) {
      this.#packetBegins = false
      this.#leavingOut = this.#isLeftOut(chunk)
    }
    if (this.#leavingOut || this.destroyed) return true
    this.#waiting.push(chunk)
    this.#waitingBytes += typeof chunk === 'string' ? Buffer.byteLength(chunk) : chunk.length
    if (!this.#flushing) {
      this.#flushing = true
      if (!this.#wroteThisTurn) {
        this.#wroteThisTurn = true
        process.nextTick(this.#flush)
        setImmediate(this.#endTurn)
      }
    }
    return true
  }

  override end(): this {
    this.destroy()
    return this
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    this.#cancelTimer()
    this.#flush()
    closeGently(this.socket, this.#clock)
    callback(error)
  }

  #receive(chunk: Uint8Array): void {
    this.#lastInput = this.#clock.monotonic()
    const excess = this.#sizes.excess(chunk)
    if (excess !== undefined) this.destroy(new Error(`packet of ${excess} bytes is larger than ${this.#limits.packet}`))
    else if (!this.push(chunk)) this.socket.pause()
  }

  #isLeftOut(header: Uint8Array | string): boolean {
    const full = this.queued > this.#limits.queue
    if (!full) {
      this.#dropping = false
      return false
    }
    if (typeof header !== 'string' && header[0]! >> 4 === publishType) {
      if (!this.#dropping) {
        this.#dropping = true
        this.onDropping()
      }
      return true
    }
    if (this.queued > 2 * this.#limits.queue) this.destroy(new Error('answers are not read'))
    return false
  }

  readonly #flush = (): void => {
    this.#flushing = false
    if (this.#waitingBytes === 0 || this.socket.destroyed || this.socket.writableEnded) return
    const out = Buffer.allocUnsafe(this.#waitingBytes)
    let at = 0
    for (const chunk of this.#waiting) {
      if (typeof chunk === 'string') at += out.write(chunk, at)
      else {
        out.set(chunk, at)
        at += chunk.length
      }
    }
    this.#waiting = []
    this.#waitingBytes = 0
    this.socket.write(out)
  }

  readonly #endTurn = (): void => {
    this.#wroteThisTurn = this.#flushing
    if (!this.#flushing) return
    this.#flush()
    setImmediate(this.#endTurn)
  }
}
