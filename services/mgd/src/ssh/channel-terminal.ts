import type { Terminal, TerminalSize } from '@hangar/junos-cli'
import type { Cancel } from '@hangar/runtime'
import type { ServerChannel } from 'ssh2'

/** A CLI's terminal at the far side of an SSH channel. */
export class ChannelTerminal implements Terminal {
  readonly isTty: boolean
  readonly #channel: ServerChannel
  readonly #resized = new Set<() => void>()
  #size: TerminalSize

  /** @param size of the PTY; undefined where there is none */
  constructor(channel: ServerChannel, size: TerminalSize | undefined) {
    this.#channel = channel
    this.isTty = size !== undefined
    this.#size = size ?? { columns: 0, rows: 0 }
    // An error of a stream that nobody listens to ends the process; whoever writes learns of the end by 'close'.
    channel.on('error', () => {})
  }

  get input(): AsyncIterable<Uint8Array> {
    return pieces(this.#channel)
  }

  /** Waits while more is buffered than the client's window and the stream take. */
  write(text: string): Promise<void> | undefined {
    const channel = this.#channel
    if (!channel.writable) return undefined
    if (channel.write(text)) return undefined
    return new Promise(resolve => {
      const done = () => {
        channel.off('drain', done).off('close', done)
        resolve()
      }
      channel.on('drain', done).on('close', done)
    })
  }

  size(): TerminalSize {
    return this.#size
  }

  onResize(callback: () => void): Cancel {
    this.#resized.add(callback)
    return () => this.#resized.delete(callback)
  }

  resize(size: TerminalSize): void {
    this.#size = size
    for (const callback of this.#resized) callback()
  }
}

/** What the channel brings, piece by piece, until its end. Leaving the loop early leaves the channel open for writing. */
async function* pieces(channel: ServerChannel): AsyncGenerator<Uint8Array> {
  let ended = false
  let wake = () => {}
  const onEnd = () => {
    ended = true
    wake()
  }
  const onReadable = () => wake()
  channel.on('readable', onReadable).on('end', onEnd).on('close', onEnd)
  try {
    for (;;) {
      const piece = channel.read() as Buffer | null
      if (piece) yield piece
      else if (ended) return
      else
        await new Promise<void>(resolve => {
          wake = resolve
        })
    }
  } finally {
    channel.off('readable', onReadable).off('end', onEnd).off('close', onEnd)
  }
}
