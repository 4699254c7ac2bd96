import { connect, type Socket } from 'node:net'
import { type Endpoints, split } from '../device.ts'

/** The same bytes in each run: a linear congruential generator. */
function noise(length: number, seed: number): Buffer {
  let state = seed
  return Buffer.from(
    Uint8Array.from({ length }, () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0
      return state >>> 24
    }),
  )
}

const preface = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'

/** An HTTP/2 frame: length, type, flags, stream (RFC 9113, 4.1). */
function frame(type: number, flags: number, stream: number, payload: Buffer, length = payload.length): Buffer {
  const head = Buffer.alloc(9)
  head.writeUIntBE(length, 0, 3)
  head.writeUInt8(type, 3)
  head.writeUInt8(flags, 4)
  head.writeUInt32BE(stream, 5)
  return Buffer.concat([head, payload])
}

/** An MQTT CONNECT that is right, in hex: 3.1.1, a clean session of client `abc`. */
const mqttConnect = '100f00044d515454040200000003616263'

const settings = frame(4, 0, 0, Buffer.alloc(0))
const http1 = Buffer.from('GET / HTTP/1.1\r\nHost: device\r\n\r\n')
const anywhere = [
  Buffer.alloc(0),
  Buffer.from([0]),
  noise(16, 1),
  noise(4096, 2),
  noise(256 * 1024, 3),
  Buffer.alloc(256 * 1024),
  Buffer.from('\r\n'.repeat(1000)),
]

const special: Record<keyof Endpoints, readonly Buffer[]> = {
  grpc: [
    http1,
    Buffer.from(`POST /authentication.Login/LoginCheck HTTP/1.1\r\nContent-Length: 1000000000\r\n\r\n`),
    Buffer.from(preface.slice(0, 10)),
    Buffer.from(preface),
    Buffer.concat([Buffer.from(preface), settings, noise(4096, 4)]),
    // A frame that says that it is 16 MB long, and headers that never end.
    Buffer.concat([Buffer.from(preface), settings, frame(0, 0, 1, noise(1000, 5), 0xffffff)]),
    Buffer.concat([
      Buffer.from(preface),
      settings,
      frame(1, 0, 1, noise(100, 6)),
      ...Array(200).fill(frame(9, 0, 1, noise(1000, 7))),
    ]),
    Buffer.concat([Buffer.from(preface), settings, ...Array(2000).fill(frame(6, 0, 0, noise(8, 8)))]),
    Buffer.concat([Buffer.from(preface), settings, ...Array(2000).fill(frame(4, 0, 0, Buffer.alloc(0)))]),
  ],
  mqtt: [
    http1,
    // CONNECT of 256 MB, of a protocol that nobody speaks, with a remaining length of five bytes; PUBLISH before CONNECT.
    Buffer.from('10ffffff7f00044d515454', 'hex'),
    Buffer.from('100f00044d515454ff02003c0003616263', 'hex'),
    Buffer.from('10ffffffffff00', 'hex'),
    Buffer.from('300500016161', 'hex'),
    // After a CONNECT that is right: a topic filter that is not, QoS 3, a packet of type 0, a second CONNECT.
    Buffer.from(`${mqttConnect}8206000100012303`, 'hex'),
    Buffer.from(`${mqttConnect}3605000161000161`, 'hex'),
    Buffer.from(`${mqttConnect}0000`, 'hex'),
    Buffer.from(mqttConnect.repeat(2), 'hex'),
  ],
  ssh: [
    http1,
    Buffer.from('SSH-2.0-'),
    Buffer.from(`SSH-2.0-${'x'.repeat(100_000)}`),
    Buffer.from('SSH-1.5-old\r\n'),
    Buffer.concat([Buffer.from('SSH-2.0-garbage\r\n'), noise(4096, 9)]),
    Buffer.concat([Buffer.from('SSH-2.0-garbage\r\n'), Buffer.from('7fffffff', 'hex'), noise(4096, 10)]),
  ],
  netconf: [Buffer.from('<rpc/>]]>]]>'), Buffer.concat([Buffer.from('SSH-2.0-garbage\r\n'), noise(4096, 11)])],
  control: [
    Buffer.from('GET /ready HTTP/1.1\r\n'),
    Buffer.from('GET /ready HTTP/9.9\r\n\r\n'),
    Buffer.from(`GET /${'x'.repeat(100_000)} HTTP/1.1\r\n\r\n`),
    post('{'.repeat(60_000)),
    post('{"interface":'),
    post('[]'),
    post(JSON.stringify({ interface: 'x'.repeat(10_000_000), up: true })),
    Buffer.from(
      'POST /hangar.control.v1.Control/SetInterfaceLink HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
    ),
  ],
}

function post(body: string): Buffer {
  const head = `POST /hangar.control.v1.Control/SetInterfaceLink HTTP/1.1\r\nHost: device\r\nContent-Type: application/json\r\n`
  return Buffer.from(`${head}Content-Length: ${body.length}\r\n\r\n${body}`)
}

/** What is thrown at one of the device's ports. */
export function garbage(door: keyof Endpoints): readonly Buffer[] {
  return [...anywhere, ...special[door]]
}

/** Sends it, says that no more will come, and waits until the device has closed the connection too, or reset it. */
export function throwAt(endpoint: string, bytes: Buffer): Promise<void> {
  const { host, port } = split(endpoint)
  return new Promise(resolve => {
    const socket = connect(port, host)
    socket.on('error', () => {})
    socket.once('close', () => resolve())
    // A device that waits for the rest is left, as a client that dies leaves it.
    socket.setTimeout(500, () => socket.destroy())
    socket.resume()
    socket.end(bytes)
  })
}

/** Clients that send a byte at a time and never end. */
export async function drip(endpoint: string, wholes: readonly Buffer[]): Promise<{ stop(): void }> {
  const { host, port } = split(endpoint)
  const sockets: Socket[] = []
  const timers = wholes.map(bytes => {
    const socket = connect(port, host)
    socket.on('error', () => {})
    socket.resume()
    sockets.push(socket)
    let sent = 0
    return setInterval(() => {
      if (sent < bytes.length && socket.writable) socket.write(bytes.subarray(sent, ++sent))
    }, 20)
  })
  return {
    stop() {
      for (const timer of timers) clearInterval(timer)
      for (const socket of sockets) socket.destroy()
    },
  }
}
