import { once } from 'node:events'
import { connect } from 'node:net'

/** Subscribes with QoS 0 and hands out the topic of each message as it comes: no more of MQTT than that takes, so that reading costs next to nothing. */
export async function readTopics(
  endpoint: string,
  filter: string,
  onTopic: (topic: string) => void,
): Promise<() => void> {
  const [host, port] = endpoint.split(':')
  const socket = connect({ host: host!, port: Number(port), noDelay: true })
  await once(socket, 'connect')
  // CONNECT: MQTT 3.1.1, a clean session, no keep-alive, client id "routes".
  socket.write(packet(0x10, Buffer.concat([text('MQTT'), Buffer.from([4, 2, 0, 0]), text('routes')])))
  socket.write(packet(0x82, Buffer.concat([Buffer.from([0, 1]), text(filter), Buffer.from([0])])))
  const { promise: subscribed, resolve, reject } = Promise.withResolvers<void>()
  socket.once('close', () => reject(new Error('the broker closed the connection')))
  let pending: Buffer = Buffer.alloc(0)
  socket.on('data', data => {
    const bytes = pending.length > 0 ? Buffer.concat([pending, data]) : data
    let at = 0
    for (;;) {
      const header = headerOf(bytes, at)
      if (!header || header.end > bytes.length) break
      if (header.type === 9) resolve()
      if (header.type === 3)
        onTopic(bytes.toString('latin1', header.body + 2, header.body + 2 + bytes.readUInt16BE(header.body)))
      at = header.end
    }
    pending = bytes.subarray(at)
  })
  await subscribed
  return () => socket.destroy()
}

/** Undefined while some of it has not come. */
function headerOf(bytes: Buffer, start: number): { type: number; body: number; end: number } | undefined {
  let length = 0
  for (let at = start + 1; at < bytes.length; at++) {
    const byte = bytes[at]!
    length |= (byte & 0x7f) << (7 * (at - start - 1))
    if (byte < 0x80) return { type: bytes[start]! >> 4, body: at + 1, end: at + 1 + length }
  }
  return undefined
}

function packet(first: number, body: Buffer): Buffer {
  return Buffer.concat([Buffer.from([first, body.length]), body])
}

function text(value: string): Buffer {
  return Buffer.concat([Buffer.from([0, value.length]), Buffer.from(value)])
}
