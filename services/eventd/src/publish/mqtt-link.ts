import { connect, type Socket } from 'node:net'
import type { Clock } from '@hangar/runtime'
import mqtt from 'mqtt-packet'
import type { OutgoingMessage } from './outbox.ts'

export interface PublisherEndpoint {
  host: string
  port: number
  username: string
  password: string
}

/** What connecting may take, ms. */
const patience = 5000
/** Bytes that wait for a broker that does not read; beyond them it counts as lost. */
const longestQueue = 32 * 1024 * 1024

/** One MQTT 3.1.1 connection that publishes. */
export class MqttLink {
  readonly #socket: Socket

  /** Resolves when the broker has said yes. `onClosed` comes once, for a link that was open. */
  static open(
    endpoint: PublisherEndpoint,
    clock: Clock,
    listeners: { onAcknowledged(id: number): void; onClosed(): void },
  ): Promise<MqttLink> {
    return new Promise((resolve, reject) => {
      const socket = connect(endpoint.port, endpoint.host)
      socket.setNoDelay(true)
      const cancel = clock.after(patience, () => socket.destroy(new Error('the broker does not answer')))
      let open = false
      const parser = mqtt.parser()
      parser.on('error', error => socket.destroy(error))
      parser.on('packet', packet => {
        if (packet.cmd === 'puback' && packet.messageId !== undefined) listeners.onAcknowledged(packet.messageId)
        if (packet.cmd !== 'connack') return
        cancel()
        if (packet.returnCode !== 0) {
          socket.destroy(new Error(`the broker answered CONNACK ${packet.returnCode}`))
          return
        }
        open = true
        resolve(new MqttLink(socket))
      })
      socket.on('data', chunk => parser.parse(chunk))
      socket.on('error', reject)
      socket.on('close', () => {
        cancel()
        if (open) listeners.onClosed()
        else reject(new Error('the broker closed the connection'))
      })
      socket.on('connect', () =>
        mqtt.writeToStream(
          {
            cmd: 'connect',
            protocolId: 'MQTT',
            protocolVersion: 4,
            clientId: '',
            clean: true,
            keepalive: 0,
            username: endpoint.username,
            password: Buffer.from(endpoint.password),
          },
          socket,
        ),
      )
    })
  }

  private constructor(socket: Socket) {
    this.#socket = socket
  }

  /** Messages of one tick leave together: the packet writer corks until the next. */
  send({ id, topic, payload }: OutgoingMessage): void {
    mqtt.writeToStream(
      { cmd: 'publish', topic, payload, qos: 1, messageId: id, retain: false, dup: false },
      this.#socket,
    )
    if (this.#socket.writableLength > longestQueue) this.#socket.destroy()
  }

  close(): void {
    this.#socket.destroy()
  }
}
