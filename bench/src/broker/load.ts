/*
 * The load on a broker, as a process of its own: `node load.ts <port> <subscribers> <qos> <seconds>` prints deliveries a
 * second. Sockets and a decoder that knows the one packet that comes, so that it costs little beside any broker. The
 * publisher keeps at most `window` messages on their way to the slowest subscriber: no broker is made to drop.
 */
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

const [port, subscribers, qos, seconds] = process.argv.slice(2).map(Number) as [number, number, 0 | 1, number]
const window = 4000
const batch = 50
const warmUp = 500
const topic = Buffer.from('\x00\x07bench/t', 'latin1')
const payload = Buffer.alloc(200, 'x')
const idLength = qos === 0 ? 0 : 2
const rest = topic.length + idLength + payload.length
const header = Buffer.from([qos === 0 ? 0x30 : 0x32, (rest & 0x7f) | 0x80, rest >> 7])
const packetLength = header.length + rest
const idAt = header.length + topic.length

/** Connects, and subscribes when `filter` says so; what comes later goes to `onData`. */
async function client(
  id: string,
  subscribe: boolean,
  onData: (chunk: Buffer, socket: Socket) => void,
): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  socket.setNoDelay(true)
  await once(socket, 'connect')
  const name = Buffer.from(id)
  const connectRest = Buffer.concat([
    Buffer.from('\x00\x04MQTT\x04\x02\x00\x00\x00', 'latin1'),
    Buffer.from([name.length]),
    name,
  ])
  socket.write(Buffer.concat([Buffer.from([0x10, connectRest.length]), connectRest]))
  let expected = 4
  if (subscribe) {
    socket.write(Buffer.concat([Buffer.from([0x82, 2 + topic.length + 1, 0, 1]), topic, Buffer.from([qos])]))
    expected += 5
  }
  await new Promise<void>((resolve, reject) => {
    let got = 0
    socket.once('close', () => reject(new Error(`${id}: the broker closed`)))
    const onSetup = (chunk: Buffer) => {
      got += chunk.length
      if (got < expected) return
      socket.off('data', onSetup)
      socket.on('data', data => onData(data, socket))
      resolve()
    }
    socket.on('data', onSetup)
  })
  return socket
}

const received = new Float64Array(subscribers)
let published = 0
let lastId = 0
let publisher: Socket | undefined
let waiting = false

/** Counts the packets of one subscriber and acknowledges them. */
function subscriberOf(index: number): (chunk: Buffer, socket: Socket) => void {
  let carry = Buffer.alloc(0)
  return (chunk, socket) => {
    const data = carry.length > 0 ? Buffer.concat([carry, chunk]) : chunk
    const count = Math.floor(data.length / packetLength)
    const acknowledgements = Buffer.allocUnsafe(qos === 0 ? 0 : count * 4)
    for (let i = 0; i < count; i++) {
      const at = i * packetLength
      if (data[at] !== header[0]) throw new Error(`unexpected packet ${data[at]?.toString(16)}`)
      if (qos === 0) continue
      acknowledgements.writeUInt16BE(0x4002, i * 4)
      acknowledgements[i * 4 + 2] = data[at + idAt]!
      acknowledgements[i * 4 + 3] = data[at + idAt + 1]!
    }
    carry = Buffer.from(data.subarray(count * packetLength))
    if (acknowledgements.length > 0) socket.write(acknowledgements)
    received[index]! += count
    publish()
  }
}

const oneBatch = Buffer.concat(
  Array.from({ length: batch }, () => Buffer.concat([header, topic, Buffer.alloc(idLength), payload])),
)

function publish(): void {
  if (!publisher || waiting) return
  let slowest = Number.POSITIVE_INFINITY
  for (const count of received) if (count < slowest) slowest = count
  while (published - slowest + batch <= window) {
    const bytes = Buffer.from(oneBatch)
    for (let i = 0; i < (idLength === 0 ? 0 : batch); i++) {
      lastId = (lastId % 65_535) + 1
      bytes.writeUInt16BE(lastId, i * packetLength + idAt)
    }
    published += batch
    if (publisher.write(bytes)) continue
    waiting = true
    publisher.once('drain', () => {
      waiting = false
      publish()
    })
    return
  }
}

const sockets: Socket[] = []
for (let i = 0; i < subscribers; i++) sockets.push(await client(`s${i}`, true, subscriberOf(i)))
publisher = await client('publisher', false, () => {})
const total = () => received.reduce((sum, count) => sum + count, 0)
publish()
await new Promise(resolve => setTimeout(resolve, warmUp))
const [from, begin] = [total(), performance.now()]
await new Promise(resolve => setTimeout(resolve, seconds * 1000))
console.log(Math.round((total() - from) / ((performance.now() - begin) / 1000)))
process.exit()
