import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import mqtt, { type IConnectPacket, type IPublishPacket, type Packet } from 'mqtt-packet'

/** An MQTT client that does nothing by itself: tests say each packet. */
export class RawClient {
  readonly socket: Socket
  readonly received: Packet[] = []
  /** Resolves when the broker has closed: 'fin' or 'reset'. */
  readonly closed: Promise<'fin' | 'reset'>
  #wake: () => void = () => {}
  #at = 0

  static async open(port: number, host = '127.0.0.1'): Promise<RawClient> {
    const socket = connect(port, host)
    await once(socket, 'connect')
    return new RawClient(socket)
  }

  /** Opens, sends CONNECT and waits for a CONNACK that says yes. */
  static async session(port: number, options: Partial<IConnectPacket> = {}): Promise<RawClient> {
    const client = await RawClient.open(port)
    client.connect(options)
    const answer = await client.next('connack')
    if (answer.returnCode !== 0) throw new Error(`CONNACK ${answer.returnCode}`)
    return client
  }

  constructor(socket: Socket) {
    this.socket = socket
    const parser = mqtt.parser()
    parser.on('packet', packet => {
      this.received.push(packet)
      this.#wake()
    })
    socket.on('data', chunk => parser.parse(chunk))
    this.closed = new Promise(resolve => {
      socket.once('end', () => resolve('fin'))
      socket.once('error', () => resolve('reset'))
      socket.once('close', () => resolve('fin'))
    })
    this.closed.then(() => this.#wake())
  }

  connect(options: Partial<IConnectPacket> = {}): void {
    this.send({
      cmd: 'connect',
      protocolId: 'MQTT',
      protocolVersion: 4,
      clientId: '',
      clean: true,
      keepalive: 60,
      ...options,
    })
  }

  /** Packets that are sent together leave in one write. */
  send(...packets: Packet[]): void {
    this.socket.write(Buffer.concat(packets.map(packet => mqtt.generate(packet))))
  }

  async subscribe(filter: string, qos: 0 | 1 | 2 = 0): Promise<number> {
    this.send({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: filter, qos }] })
    return (await this.next('suback')).granted[0] as number
  }

  publish(topic: string, payload: string, options: Partial<IPublishPacket> = {}): void {
    this.send({ cmd: 'publish', topic, payload, qos: 0, dup: false, retain: false, ...options } as IPublishPacket)
  }

  /** The next packet of that kind; others before it are passed over. */
  async next<C extends Packet['cmd']>(cmd: C): Promise<Extract<Packet, { cmd: C }>> {
    for (;;) {
      while (this.#at < this.received.length) {
        const packet = this.received[this.#at++]!
        if (packet.cmd === cmd) return packet as Extract<Packet, { cmd: C }>
      }
      if (this.socket.destroyed || this.socket.readableEnded) throw new Error(`closed before ${cmd}`)
      await new Promise<void>(resolve => {
        this.#wake = resolve
      })
    }
  }

  /** Whatever came until now has been read when this resolves. */
  async roundTrip(): Promise<void> {
    this.send({ cmd: 'pingreq' })
    await this.next('pingresp')
  }

  close(): void {
    this.socket.destroy()
  }
}
