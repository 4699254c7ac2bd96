import type { Clock } from '@hangar/runtime'

/** A session that somebody has open. Times are Unix milliseconds. */
export interface OpenTerminal {
  readonly user: string
  readonly loginClass: string
  /** "pts/0"; '' for programs without a terminal. */
  readonly tty: string
  /** Address of the client; "console". */
  readonly from: string
  readonly pid: number
  readonly since: number
  lastActive: number
}

interface Entry extends OpenTerminal {
  notify(text: string): void
  end(): void
}

/** The first process number that a CLI gets; a router's own processes have lower ones. */
const firstPid = 20_000

/** Everybody who has a session open: CLIs, and NETCONF without a terminal. */
export class Terminals {
  readonly #clock: Clock
  readonly #open = new Set<Entry>()
  #pids = firstPid

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Registers a CLI; at a terminal it gets the lowest free name. */
  open(
    given: Pick<Entry, 'user' | 'loginClass' | 'from' | 'notify' | 'end'>,
    atTerminal: boolean,
  ): { terminal: OpenTerminal; close(): void } {
    const now = this.#clock.now()
    const entry: Entry = {
      ...given,
      tty: atTerminal ? this.#freeTty() : '',
      pid: ++this.#pids,
      since: now,
      lastActive: now,
    }
    this.#open.add(entry)
    return { terminal: entry, close: () => void this.#open.delete(entry) }
  }

  get all(): readonly OpenTerminal[] {
    return [...this.#open]
  }

  broadcast(text: string): void {
    for (const entry of this.#open) if (entry.tty !== '') entry.notify(text)
  }

  endAll(): void {
    for (const entry of this.#open) entry.end()
  }

  #freeTty(): string {
    const taken = new Set([...this.#open].map(entry => entry.tty))
    let number = 0
    while (taken.has(`pts/${number}`)) number++
    return `pts/${number}`
  }
}
