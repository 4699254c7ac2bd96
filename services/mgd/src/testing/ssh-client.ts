import { connect } from 'node:net'
import ssh2, { type ClientChannel, type ConnectConfig } from 'ssh2'

export interface Ran {
  readonly output: string
  readonly status: number
}

/** An SSH client for tests: a real one, in this process. */
export class SshClient implements Disposable {
  readonly client: ssh2.Client

  private constructor(client: ssh2.Client) {
    this.client = client
  }

  /** Rejects when the server lets nobody in. */
  static connect(config: ConnectConfig): Promise<SshClient> {
    const client = new ssh2.Client()
    return new Promise((resolve, reject) => {
      client.on('ready', () => resolve(new SshClient(client))).on('error', reject)
      client.on('close', () => reject(new Error('closed')))
      client.connect({ username: 'lab', ...config })
    })
  }

  /** The local console. */
  static console(path: string, username = 'root'): Promise<SshClient> {
    return SshClient.connect({ sock: connect(path), username })
  }

  /** Runs a script as `ssh host '...'` does. */
  exec(script: string): Promise<Ran> {
    // Output and status may come in the same moment as the channel: whoever waits a turn before listening misses them.
    return new Promise((resolve, reject) => {
      this.client.exec(script, (error, channel) => {
        if (error) return reject(error)
        resolve(collected(channel))
        channel.end()
      })
    })
  }

  /** A shell at a terminal, for what is typed and seen there. */
  shell(columns = 80, rows = 24): Promise<Typist> {
    return new Promise((resolve, reject) => {
      this.client.shell({ term: 'vt100', cols: columns, rows }, (error, channel) =>
        error ? reject(error) : resolve(new Typist(channel)),
      )
    })
  }

  subsystem(name: string): Promise<ClientChannel> {
    return new Promise((resolve, reject) =>
      this.client.subsys(name, (error, opened) => (error ? reject(error) : resolve(opened))),
    )
  }

  [Symbol.dispose](): void {
    this.client.end()
  }
}

/** Somebody at a terminal. */
export class Typist {
  readonly channel: ClientChannel
  /** What is on the screen and was not waited for yet. */
  #seen = ''
  #wake = () => {}
  #closed = false

  constructor(channel: ClientChannel) {
    this.channel = channel
    channel.on('data', (piece: Buffer) => {
      this.#seen += piece.toString()
      this.#wake()
    })
    channel.on('close', () => {
      this.#closed = true
      this.#wake()
    })
  }

  /** Types, and waits until the text is seen; the result is all that came up to it. */
  async type(keys: string, until: string): Promise<string> {
    this.channel.write(keys)
    return this.see(until)
  }

  async see(until: string): Promise<string> {
    for (;;) {
      const at = this.#seen.indexOf(until)
      if (at >= 0) {
        const seen = this.#seen.slice(0, at + until.length)
        this.#seen = this.#seen.slice(at + until.length)
        return seen
      }
      if (this.#closed) throw new Error(`closed before '${until}' was seen; instead: ${this.#seen}`)
      await new Promise<void>(resolve => {
        this.#wake = resolve
      })
    }
  }

  /** Resolves at the end of the session, with what was not seen yet. */
  async end(): Promise<string> {
    while (!this.#closed)
      await new Promise<void>(resolve => {
        this.#wake = resolve
      })
    return this.#seen
  }
}

function collected(channel: ClientChannel): Promise<Ran> {
  let output = ''
  let status = -1
  channel.on('data', (piece: Buffer) => {
    output += piece.toString()
  })
  channel.on('exit', (code: number) => {
    status = code
  })
  return new Promise(resolve => channel.on('close', () => resolve({ output, status })))
}
