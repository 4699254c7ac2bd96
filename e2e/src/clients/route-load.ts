import { RouteMonitorRouteOp as MonitorOp, Rib, RouteOperStatus as Status } from '@hangar/protocol/rib_service_pb'
import { CallFailure, type Channel } from './channel.ts'
import { destinationOf, gateways, isProgrammed, ROUTES, RouteBlock, routeText, wholeTable } from './route-block.ts'

/** ms before a client tries again what failed. */
const PAUSE = 25

/**
 * A client that keeps requests of 1,000 routes, whole reads of the table and a monitor of it under way, and goes on whatever happens: what
 * fails is tried again, who is not known any more logs in again.
 */
export class RouteLoad {
  readonly #channel: Channel
  readonly #blocks: readonly RouteBlock[]
  /** What was answered last of each block: the gateway, '' for no routes, undefined while an answer is missing. */
  readonly #said: (string | undefined)[]
  /** What the monitor told, by destination; undefined until it has told the whole table. */
  #told: Map<string, string> | undefined
  /** How calls ended that were not answered, with how often: "routeAdd UNAVAILABLE". */
  readonly failures = new Map<string, number>()
  readonly #acts: readonly (() => Promise<void>)[]
  /** How often each of them has done well. */
  readonly #wins: number[]
  #resting = true
  #ended = false
  #running: Promise<void>[] = []
  #login: Promise<void> | undefined
  readonly #waiting = new Set<() => void>()
  /** Rejects when an answer was wrong. */
  readonly #wrong = Promise.withResolvers<never>()

  /** The channel has logged in. Blocks of routes are written, and the table read, by so many calls at a time. */
  constructor(channel: Channel, { blocks, reads }: { blocks: number; reads: number }) {
    this.#channel = channel
    this.#blocks = Array.from({ length: blocks }, (_, number) => new RouteBlock(64 + number))
    this.#said = this.#blocks.map(() => undefined)
    this.#acts = [
      ...this.#blocks.map((_, number) => () => this.#write(number)),
      ...Array.from({ length: reads }, () => () => this.#read()),
    ]
    this.#wins = this.#acts.map(() => 0)
    this.#wrong.promise.catch(() => {})
    void this.#loop(
      () => this.#monitor(),
      () => !this.#ended,
    )
  }

  /** Begins to write and to read. Resolves when each of its calls has been answered once. */
  async run(): Promise<void> {
    this.failures.clear()
    this.#resting = false
    const act = async (index: number) => {
      await this.#acts[index]!()
      this.#wins[index]!++
    }
    this.#running = this.#acts.map((_, index) =>
      this.#loop(
        () => act(index),
        () => !this.#resting,
      ),
    )
    await this.doesWell()
  }

  /** Resolves when, from now on, each write was answered, each read came to its end, and the monitor lives. */
  async doesWell(): Promise<void> {
    const before = [...this.#wins]
    await this.#until(() => this.#told !== undefined && this.#wins.every((wins, index) => wins > before[index]!))
  }

  /** Resolves when something has failed. */
  async fails(): Promise<void> {
    await this.#until(() => this.failures.size > 0)
  }

  /** Ends the writing and reading, with the calls that are under way. */
  async rest(): Promise<void> {
    this.#resting = true
    await Promise.race([Promise.all(this.#running), this.#wrong.promise])
  }

  /** Lets go of the monitor too, which ends with the channel. */
  end(): void {
    this.#resting = true
    this.#ended = true
  }

  /** What the table has to hold by what was answered, nothing less and nothing else: "10.64.0.1 192.168.10.2". */
  get said(): string[] {
    return this.#blocks.flatMap(({ prefixes }, number) => {
      const gateway = this.#said[number]
      return gateway === '' ? [] : prefixes.map(prefix => `${prefix} ${gateway}`)
    })
  }

  /** What it holds by what the monitor told. */
  get told(): string[] {
    return [...(this.#told?.values() ?? [])]
  }

  async #loop(act: () => Promise<void>, wanted: () => boolean): Promise<void> {
    while (wanted()) {
      try {
        await act()
      } catch (error) {
        if (!(error instanceof CallFailure)) return this.#wrong.reject(error)
        if (error.message.endsWith('Authorization failed')) await this.#logIn()
        else await new Promise(resolve => setTimeout(resolve, PAUSE))
      }
      this.#wake()
    }
  }

  async #until(condition: () => boolean): Promise<void> {
    while (!condition())
      await Promise.race([new Promise<void>(resolve => this.#waiting.add(resolve)), this.#wrong.promise])
  }

  #wake(): void {
    for (const wake of this.#waiting) wake()
    this.#waiting.clear()
  }

  #logIn(): Promise<void> {
    this.#login ??= this.#counted('login', this.#channel.login())
      .catch(() => {})
      .finally(() => {
        this.#login = undefined
      })
    return this.#login
  }

  async #counted<T>(name: string, call: Promise<T>): Promise<T> {
    try {
      return await call
    } catch (error) {
      if (!(error instanceof CallFailure)) throw error
      const failure = `${name} ${error.code}`
      this.failures.set(failure, (this.failures.get(failure) ?? 0) + 1)
      throw error
    }
  }

  /** An odd block changes its gateways; an even one comes and goes. */
  async #write(number: number): Promise<void> {
    const { routeAdd, routeRemove, routeUpdate } = Rib.method
    const { update, remove } = this.#blocks[number]!
    const before = this.#said[number]
    // Until it is answered, nobody knows.
    this.#said[number] = undefined
    if (before && number % 2 === 0) {
      this.#check('RouteRemove', await this.#counted('routeRemove', this.#channel.call(routeRemove, remove)))
      this.#said[number] = ''
      return
    }
    const gateway = before === gateways[0] ? gateways[1] : gateways[0]
    const method = before === '' ? routeAdd : routeUpdate
    this.#check(method.name, await this.#counted(method.localName, this.#channel.call(method, update[gateway]!)))
    this.#said[number] = gateway
  }

  #check(name: string, { status, operationsCompleted }: { status: Status; operationsCompleted: number }): void {
    if (status !== Status.SUCCESS || operationsCompleted !== ROUTES)
      throw new Error(`${name}: ${Status[status]} after ${operationsCompleted}`)
  }

  async #read(): Promise<void> {
    const read = async () => {
      for await (const { status } of this.#channel.stream(Rib.method.routeGet, wholeTable))
        if (status !== Status.SUCCESS && status !== Status.ROUTE_NOT_FOUND)
          throw new Error(`RouteGet: ${Status[status]}`)
    }
    await this.#counted('routeGet', read())
  }

  async #monitor(): Promise<void> {
    const request = { rtTblName: { name: 'inet.0' }, monitorOp: 'REGISTER_ADD', monitorReplyRouteCount: 1000 }
    const told = new Map<string, string>()
    const follow = async () => {
      for await (const reply of this.#channel.stream(Rib.method.routeMonitorRegister, request, true)) {
        if (reply.status !== Status.SUCCESS) throw new Error(`RouteMonitorRegister: ${Status[reply.status]}`)
        for (const { monitorRtOp: operation, route } of reply.monitorRoutes) {
          if (operation === MonitorOp.END_OF_TABLE) this.#told = told
          else if (!isProgrammed(route!)) continue
          else if (operation === MonitorOp.DELETE) told.delete(destinationOf(route!))
          else told.set(destinationOf(route!), routeText(route!))
        }
        this.#wake()
      }
    }
    await this.#counted('routeMonitorRegister', follow()).finally(() => {
      this.#told = undefined
    })
  }
}
