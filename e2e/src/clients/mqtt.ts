import { split } from '../device.ts'
import { Program, python } from './program.ts'

export interface Message {
  topic: string
  retain: number
  payload: string
}

/** The lesson's paho-mqtt program, subscribed. */
export class Subscriber {
  readonly #endpoint: string
  readonly #program: Program

  private constructor(endpoint: string, program: Program) {
    this.#endpoint = endpoint
    this.#program = program
  }

  static async to(endpoint: string, ...topics: string[]): Promise<Subscriber> {
    const { host, port } = split(endpoint)
    const program = python('notifications.py', [host, String(port), ...topics])
    await program.line()
    return new Subscriber(endpoint, program)
  }

  next(): Promise<Message> {
    return this.#program.json()
  }

  /** All messages that have been sent to it by now: up to one that is published here on `topic`, which it has to be subscribed to. */
  async until(topic: string): Promise<Message[]> {
    const mark = `mark ${process.hrtime.bigint()}`
    await publish(this.#endpoint, topic, mark)
    const messages: Message[] = []
    for (;;) {
      const message = await this.next()
      if (message.payload === mark) return messages
      messages.push(message)
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#program.kill()
  }
}

/** mosquitto_pub, QoS 1: resolves when the broker has the message. */
export async function publish(endpoint: string, topic: string, message: string, ...options: string[]) {
  const { host, port } = split(endpoint)
  const args = ['-h', host, '-p', String(port), '-q', '1', '-t', topic, '-m', message, ...options]
  const { code, errors } = await new Program('mosquitto_pub', args).end()
  if (code !== 0) throw new Error(`mosquitto_pub: ${errors}`)
}

/** mosquitto_sub, which prints `topic payload` a line. `-d` is always there, so that its handshake can be waited for. */
export function mosquittoSub(endpoint: string, ...options: string[]): Program {
  const { host, port } = split(endpoint)
  return new Program('stdbuf', ['-oL', 'mosquitto_sub', '-d', '-v', '-h', host, '-p', String(port), ...options])
}
