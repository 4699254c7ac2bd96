import { type ReadElement, readXml } from '@hangar/xml/read'
import type { ClientChannel, ConnectConfig } from 'ssh2'
import { password } from './device.ts'
import { SshClient } from './ssh-client.ts'

const trailer = ']]>]]>'

/** A NETCONF client for tests: what it sends is what it is told to. */
export class NetconfClient implements Disposable {
  readonly #ssh: SshClient
  readonly #channel: ClientChannel
  #received = ''
  #wake = () => {}
  #closed = false
  #id = 0

  private constructor(ssh: SshClient, channel: ClientChannel) {
    this.#ssh = ssh
    this.#channel = channel
    channel.on('data', (piece: Buffer) => {
      this.#received += piece.toString()
      this.#wake()
    })
    channel.on('close', () => {
      this.#closed = true
      this.#wake()
    })
  }

  /** The server's hello is taken. `exec`: by a command in place of the subsystem. */
  static async connect(config: ConnectConfig, exec?: string): Promise<NetconfClient> {
    const ssh = await SshClient.connect({ password, ...config })
    const channel = exec === undefined ? await ssh.subsystem('netconf') : await command(ssh, exec)
    const client = new NetconfClient(ssh, channel)
    await client.message()
    return client
  }

  send(text: string | Buffer): void {
    this.#channel.write(text)
  }

  /** The next message, without its trailer; undefined at the end of the session. */
  async message(): Promise<string | undefined> {
    for (;;) {
      const end = this.#received.indexOf(trailer)
      if (end >= 0) {
        const message = this.#received.slice(0, end)
        this.#received = this.#received.slice(end + trailer.length)
        return message
      }
      if (this.#closed) return undefined
      await new Promise<void>(resolve => {
        this.#wake = resolve
      })
    }
  }

  /** The answer to an operation, as text between the tags of `rpc-reply`. */
  async text(operation: string): Promise<string> {
    this.send(`<rpc message-id="${++this.#id}">${operation}</rpc>${trailer}`)
    const message = (await this.message()) ?? ''
    return /^\s*<rpc-reply [^>]*>\n?([\s\S]*)<\/rpc-reply>\s*$/.exec(message)?.[1] ?? message
  }

  async reply(operation: string): Promise<ReadElement> {
    return readXml(`<rpc-reply>${await this.text(operation)}</rpc-reply>`)
  }

  /** "error-tag: error-message" of each rpc-error, warnings with a mark; [] for a reply without one. */
  async errors(operation: string): Promise<string[]> {
    const found: string[] = []
    const visit = (one: ReadElement) => {
      const text = (name: string) => one.children.find(child => child.name === name)?.text?.trim()
      if (one.name === 'rpc-error')
        found.push(`${text('error-severity') === 'warning' ? 'warning' : text('error-tag')}: ${text('error-message')}`)
      one.children.forEach(visit)
    }
    visit(await this.reply(operation))
    return found
  }

  [Symbol.dispose](): void {
    this.#ssh[Symbol.dispose]()
  }
}

function command(ssh: SshClient, line: string): Promise<ClientChannel> {
  return new Promise((resolve, reject) =>
    ssh.client.exec(line, (error, channel) => (error ? reject(error) : resolve(channel))),
  )
}
