import { type Client, Code, ConnectError } from '@connectrpc/connect'
import type { Kernel } from '@hangar/protocol/hangar/kernel/v1/kernel_pb'
import { type Clock, delay, type Logger, messageOf } from '@hangar/runtime'
import type { Rib } from '../rib/rib.ts'
import { Pending } from './pending.ts'

/** ms before a request that failed is tried again. */
const RETRY = 100

/**
 * Keeps the kernel's forwarding tables at what the routing tables' active routes say. One request is on its way at a time; what changes
 * meanwhile travels together with the next. A kernel that has started anew gets everything.
 */
export class Forwarding {
  readonly #client: Client<typeof Kernel>
  readonly #clock: Clock
  readonly #log: Logger
  readonly #pending: Pending
  #up = false
  #busy = false
  #kernel = ''
  /** It has been said that the kernel does not take what it is told. */
  #complained = false

  constructor(options: { rib: Rib; client: Client<typeof Kernel>; clock: Clock; log: Logger; incarnation: string }) {
    this.#client = options.client
    this.#clock = options.clock
    this.#log = options.log
    this.#pending = new Pending(options.rib, options.incarnation, () => void this.#send())
  }

  /** The kernel is there; a new incarnation of it knows nothing. */
  kernelUp(incarnation: string): void {
    if (this.#up && this.#kernel === incarnation) return
    this.#up = true
    this.#kernel = incarnation
    this.#pending.beginSnapshot()
    void this.#send()
  }

  /**
   * The routing tables hold all that they start with. Until then nothing goes that the kernel has of an earlier rpd: routes that are only
   * on their way into the tables would be gone for a moment.
   */
  tablesComplete(): void {
    this.#pending.tablesComplete()
  }

  kernelDown(incarnation: string): void {
    if (incarnation !== this.#kernel) return
    this.#up = false
    this.#pending.progress.reach(Number.POSITIVE_INFINITY)
  }

  /** rpd ends: what is not told by now never is. */
  stop(): void {
    this.kernelDown(this.#kernel)
  }

  /** Resolves when the kernel holds all that the tables said until now. Without a kernel nobody waits: it gets everything when it is there. */
  acknowledged(): Promise<void> {
    return this.#up ? this.#pending.progress.caughtUp() : Promise.resolve()
  }

  async #send(): Promise<void> {
    if (this.#busy || !this.#up) return
    this.#busy = true
    try {
      while (this.#up && this.#pending.any) {
        const kernel = this.#kernel
        const { request, work } = this.#pending.next()
        try {
          await this.#client.programForwarding(request)
          this.#complained = false
          this.#pending.forgotten(request.removedNextHops)
          if (kernel === this.#kernel) this.#pending.progress.reach(work)
        } catch (error) {
          if (kernel !== this.#kernel) {
            // Another kernel is there by now, which never knew them.
            this.#pending.forgotten(request.removedNextHops)
            continue
          }
          this.#pending.unforgotten(request.removedNextHops)
          // It was already known to be gone.
          if (!this.#up) return
          this.#complain(error)
          this.#pending.beginSnapshot()
          if (ConnectError.from(error).code !== Code.FailedPrecondition) await delay(this.#clock, RETRY)
        }
      }
    } finally {
      this.#busy = false
    }
  }

  #complain(error: unknown): void {
    const text = 'the kernel did not take a change of forwarding; it gets everything'
    this.#log[this.#complained ? 'debug' : 'warn']({ error: messageOf(error) }, text)
    this.#complained = true
  }
}
