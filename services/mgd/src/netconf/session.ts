import type { Terminal } from '@hangar/junos-cli'
import { type Clock, messageOf } from '@hangar/runtime'
import { escapeText } from '@hangar/xml'
import { type ReadElement, readXml, XmlError } from '@hangar/xml/read'
import type { Visitor } from '../ssh/services.ts'
import type { CandidateAccess } from './candidate-access.ts'
import { faultsOf, type NetconfError, refusal, renderFault, unknownElement } from './fault.ts'
import { Framer, trailer } from './framing.ts'
import { hello, namespace, replyNamespaces } from './hello.ts'

/** Where a session's bytes come from and go to. */
export type NetconfChannel = Pick<Terminal, 'input' | 'write'>

/** Who is served, and what he works on. */
export interface NetconfClient {
  readonly visitor: Visitor
  readonly id: number
  readonly candidate: CandidateAccess
  /** Aborted when the session is over. */
  readonly signal: AbortSignal
}

/** What an operation answers: the contents of `<rpc-reply>`, piece by piece. Throws what `faultsOf` knows. */
export type Answer = AsyncIterable<string> | Iterable<string> | Promise<AsyncIterable<string> | Iterable<string>>

/** Does what the element in `<rpc>` says; undefined where there is no such operation. */
export type Operation = (rpc: ReadElement, client: NetconfClient) => Answer | undefined

/** One NETCONF session: hello, then one request after the other, until the client leaves. */
export class NetconfSession {
  readonly #channel: NetconfChannel
  readonly #client: NetconfClient
  readonly #operation: Operation
  readonly #clock: Clock
  readonly #over = new AbortController()
  readonly #ended = new Promise<'ended'>(resolve =>
    this.#over.signal.addEventListener('abort', () => resolve('ended'), { once: true }),
  )

  constructor(options: {
    channel: NetconfChannel
    client: Omit<NetconfClient, 'signal'>
    operation: Operation
    clock: Clock
  }) {
    this.#channel = options.channel
    this.#client = { ...options.client, signal: this.#over.signal }
    this.#operation = options.operation
    this.#clock = options.clock
  }

  get client(): NetconfClient {
    return this.#client
  }

  /** Resolves at the end of the session. */
  async run(): Promise<void> {
    const framer = new Framer()
    const input = this.#channel.input[Symbol.asyncIterator]()
    try {
      await this.#write(hello(this.#client))
      for (;;) {
        const next = await Promise.race([input.next(), this.#ended])
        if (next === 'ended' || next.done) return
        for (const message of framer.push(Buffer.from(next.value))) if (!(await this.#take(message))) return
      }
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      await this.#refuse(refusal(error.message, undefined, 'too-big'))
    } finally {
      this.end()
      // Nobody may be waiting for more: what the client still says is read by no one.
      void input.return?.()
    }
  }

  end(): void {
    this.#over.abort()
  }

  /** False when the session is over. */
  async #take(message: string): Promise<boolean> {
    if (this.#over.signal.aborted) return false
    if (message.trim() === '') return true
    let root: ReadElement
    try {
      root = readXml(message)
    } catch (error) {
      if (!(error instanceof XmlError)) throw error
      await this.#refuse(refusal(`syntax error: ${error.message}`))
      return true
    }
    if (root.name === 'hello') return true
    if (root.name !== 'rpc') await this.#refuse(unknownElement(root.name))
    else await this.#reply(root)
    return !this.#over.signal.aborted
  }

  async #reply(rpc: ReadElement): Promise<void> {
    const [asked, ...more] = rpc.children
    const closing = asked?.name === 'close-session' || asked?.name === 'request-end-session'
    await this.#write(`<rpc-reply ${replyNamespaces}${attributesOf(rpc)}>\n`)
    try {
      if (!asked || more.length > 0) throw refusal('syntax error, expecting one operation', more[0]?.name)
      if (closing) await this.#write('<ok/>\n')
      else {
        const answer = this.#operation(asked, this.#client)
        if (!answer) throw unknownElement(asked.name)
        for await (const piece of await answer) {
          if (this.#over.signal.aborted) return
          await this.#write(piece)
        }
      }
    } catch (thrown) {
      await this.#write(this.#faults(thrown))
    }
    await this.#write(`</rpc-reply>\n${trailer}\n`)
    if (closing) this.end()
  }

  /** An answer to what was no request. */
  async #refuse(error: NetconfError): Promise<void> {
    await this.#write(`<rpc-reply xmlns="${namespace}">\n${this.#faults(error)}</rpc-reply>\n${trailer}\n`)
  }

  #faults(thrown: unknown): string {
    try {
      return faultsOf(thrown, this.#clock.now()).map(renderFault).join('')
    } catch (unforeseen) {
      return renderFault({ severity: 'error', message: messageOf(unforeseen) })
    }
  }

  async #write(text: string): Promise<void> {
    // A client that reads nothing any more must not keep its session.
    await Promise.race([this.#channel.write(text), this.#ended])
  }
}

/** A reply has the attributes of its request. */
function attributesOf({ attributes }: ReadElement): string {
  return Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${escapeText(value).replaceAll('"', '&quot;')}"`)
    .join('')
}
