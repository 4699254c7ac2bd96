import { connect, type Socket } from 'node:net'

/**
 * Unary gRPC calls written as ready-made HTTP/2 frames, answers only counted: about 2 µs a call where a real client takes
 * 50 and more, so that one core of load saturates any server under test. It understands no more of HTTP/2 than that takes.
 */
export class GrpcLoad {
  readonly #socket: Socket
  readonly #call: Buffer
  #next = 1
  #pending: Buffer = Buffer.alloc(0)
  #onAnswers: (count: number) => void = () => {}

  private constructor(socket: Socket, call: Buffer) {
    this.#socket = socket
    this.#call = call
    socket.on('data', data => this.#read(data))
  }

  /** Connects and makes one call of `first.path`, a login for example, before the load proper, which calls `path`. */
  static async open(port: number, path: string, first?: { path: string; message: Uint8Array }): Promise<GrpcLoad> {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject))
    const wide = Buffer.alloc(4)
    wide.writeUInt32BE(2 ** 31 - 1 - 65_535)
    socket.write(Buffer.concat([Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'), frame(4, 0, ''), frame(8, 0, wide)]))
    const load = new GrpcLoad(socket, callFrames(path, new Uint8Array()))
    if (first) await load.#one(callFrames(first.path, first.message))
    return load
  }

  /** Keeps `outstanding` calls under way for `ms`; gives how many were answered and in how many seconds. */
  async run(outstanding: number, ms: number): Promise<{ calls: number; seconds: number }> {
    const start = performance.now()
    let calls = 0
    let under = outstanding
    const same = (count: number) => Array.from({ length: count }, () => this.#call)
    this.#write(same(outstanding))
    await new Promise<void>(resolve => {
      this.#onAnswers = count => {
        calls += count
        under -= count
        if (performance.now() - start < ms) {
          this.#write(same(count))
          under += count
        } else if (under === 0) resolve()
      }
    })
    return { calls, seconds: (performance.now() - start) / 1000 }
  }

  /** Makes one call of `path` with each message, `outstanding` at a time; gives the seconds until the last answer. Messages are small: nobody counts windows here. */
  async each(path: string, messages: readonly Uint8Array[], outstanding: number): Promise<number> {
    const calls = messages.map(message => callFrames(path, message))
    const start = performance.now()
    let sent = 0
    let answered = 0
    const send = (count: number) => {
      const some = calls.slice(sent, sent + count)
      sent += some.length
      this.#write(some)
    }
    await new Promise<void>(resolve => {
      this.#onAnswers = count => {
        answered += count
        if (answered === calls.length) resolve()
        else if (sent < calls.length) send(count)
      }
      send(outstanding)
    })
    return (performance.now() - start) / 1000
  }

  close(): void {
    this.#socket.destroy()
  }

  async #one(call: Buffer): Promise<void> {
    const answered = new Promise<void>(resolve => {
      this.#onAnswers = () => resolve()
    })
    this.#write([call])
    await answered
  }

  #write(calls: readonly Buffer[]): void {
    const all = Buffer.concat(calls)
    let at = 0
    for (const call of calls) {
      const data = 9 + call.readUIntBE(0, 3)
      all.writeUInt32BE(this.#next, at + 5)
      all.writeUInt32BE(this.#next, at + data + 5)
      this.#next += 2
      at += call.length
    }
    this.#socket.write(all)
  }

  #read(data: Buffer): void {
    const bytes = this.#pending.length > 0 ? Buffer.concat([this.#pending, data]) : data
    let at = 0
    let answers = 0
    while (bytes.length - at >= 9) {
      const end = at + 9 + bytes.readUIntBE(at, 3)
      if (end > bytes.length) break
      const [type, flags] = [bytes[at + 3]!, bytes[at + 4]!]
      // RST_STREAM without an error follows an answer; with one, or a GOAWAY, the figures would be of something else.
      if ((type === 3 && bytes.readUInt32BE(at + 9) !== 0) || type === 7)
        throw new Error(`the server ended ${type === 3 ? `a call: ${bytes.readUInt32BE(at + 9)}` : 'the connection'}`)
      if (type === 4 && !(flags & 1)) this.#socket.write(frame(4, 1, ''))
      if (type === 6 && !(flags & 1)) this.#socket.write(frame(6, 1, bytes.subarray(at + 9, end)))
      if (type <= 1 && flags & 1) answers++
      at = end
    }
    this.#pending = bytes.subarray(at)
    if (answers > 0) this.#onAnswers(answers)
  }
}

/** HEADERS and DATA of one call, for stream 0: the number is written in when it is sent. */
function callFrames(path: string, message: Uint8Array): Buffer {
  // HPACK without a dynamic table: ":method: POST" and ":scheme: http" by index, the others as literals.
  const block = Buffer.concat([
    Buffer.from([0x83, 0x86]),
    Buffer.concat([Buffer.from([0x04]), literal(path), Buffer.from([0x01]), literal('127.0.0.1')]),
    ...[
      ['content-type', 'application/grpc'],
      ['te', 'trailers'],
    ].map(([name, value]) => Buffer.concat([Buffer.from([0]), literal(name!), literal(value!)])),
  ])
  const head = Buffer.alloc(5)
  head.writeUInt32BE(message.length, 1)
  return Buffer.concat([frame(1, 4, block), frame(0, 1, Buffer.concat([head, message]))])
}

function literal(text: string): Buffer {
  if (text.length > 126) throw new Error(`longer than a literal of this load may be: ${text}`)
  return Buffer.concat([Buffer.from([text.length]), Buffer.from(text)])
}

function frame(type: number, flags: number, payload: Buffer | string): Buffer {
  const body = Buffer.from(payload)
  const head = Buffer.alloc(9)
  head.writeUIntBE(body.length, 0, 3)
  head[3] = type
  head[4] = flags
  return Buffer.concat([head, body])
}
