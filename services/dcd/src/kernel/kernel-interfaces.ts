import { type Client, Code, ConnectError } from '@connectrpc/connect'
import type { Kernel } from '@hangar/protocol/hangar/kernel/v1/kernel_pb'
import { type Cancel, type Clock, type Logger, messageOf, Queue } from '@hangar/runtime'
import { difference } from '../interfaces/difference.ts'
import type { Interfaces } from '../interfaces/read-interfaces.ts'

/** ms that the kernel may take to answer. */
const patience = 5_000
/** ms until a kernel that should be there and did not answer is asked again. */
const retryAfter = 1_000

/**
 * Keeps the kernel's interfaces as the configuration wants them. It remembers what this incarnation of the kernel acknowledged:
 * as long as it knows, it sends what differs; as soon as it does not (the kernel is new, or a call failed), it sends all.
 */
export class KernelInterfaces {
  readonly #client: Client<typeof Kernel>
  readonly #clock: Clock
  readonly #log: Logger
  #incarnation: string | undefined
  #wanted: Interfaces | undefined
  #acknowledged: Interfaces | undefined
  /** Calls go one after another: two of them must not overtake each other. */
  readonly #queue = new Queue()
  #cancelRetry: Cancel = () => {}
  /** Called each time that the kernel holds what is wanted. */
  onSettled: () => void = () => {}

  constructor(options: { client: Client<typeof Kernel>; clock: Clock; log: Logger }) {
    this.#client = options.client
    this.#clock = options.clock
    this.#log = options.log
  }

  /**
   * The configuration wants these from now on. Resolves when the kernel holds them, and also when it is not there: it gets them
   * when it comes. The result is what went wrong with a kernel that is there.
   */
  async want(interfaces: Interfaces): Promise<string | undefined> {
    this.#wanted = interfaces
    if (this.#incarnation === undefined) return undefined
    try {
      await this.#settle()
      return undefined
    } catch (error) {
      return ConnectError.from(error).code === Code.Unavailable ? undefined : messageOf(error)
    }
  }

  /** A kernel is there. */
  up(incarnation: string): void {
    if (incarnation === this.#incarnation) return
    this.#incarnation = incarnation
    this.#acknowledged = undefined
    this.#settle().catch(() => {})
  }

  down(incarnation: string): void {
    if (incarnation !== this.#incarnation) return
    this.#incarnation = undefined
    this.#acknowledged = undefined
    this.#cancelRetry()
  }

  close(): void {
    this.#incarnation = undefined
    this.#cancelRetry()
  }

  #settle(): Promise<void> {
    return this.#queue.run(() => this.#send())
  }

  async #send(): Promise<void> {
    const [wanted, incarnation] = [this.#wanted, this.#incarnation]
    this.#cancelRetry()
    if (!wanted || incarnation === undefined) return
    const all = this.#acknowledged === undefined
    const changed = difference(this.#acknowledged ?? new Map(), wanted)
    if (!all && !changed) return
    const request = { interfaces: [...(changed?.interfaces ?? [])], removed: [...(changed?.removed ?? [])], all }
    try {
      await this.#client.configureInterfaces(request, { timeoutMs: patience })
    } catch (error) {
      this.#failed(incarnation, error)
      throw error
    }
    if (incarnation !== this.#incarnation) return
    this.#acknowledged = wanted
    this.onSettled()
  }

  #failed(incarnation: string, error: unknown): void {
    if (incarnation !== this.#incarnation) return
    this.#acknowledged = undefined
    this.#log.warn({ error: messageOf(error) }, 'the kernel does not hold the interfaces')
    const { code } = ConnectError.from(error)
    if (code !== Code.Unavailable && code !== Code.DeadlineExceeded) return
    this.#cancelRetry = this.#clock.after(retryAfter, () => this.#settle().catch(() => {}))
  }
}
