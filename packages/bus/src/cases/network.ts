import type { ServiceImpl } from '@connectrpc/connect'
import { Probe } from '@hangar/protocol/hangar/bus/v1/probe_pb'
import type { Bus } from '../bus.ts'

/** A back-end as the cases see it. Each case gets one of its own. */
export interface Network {
  connect(daemon: string): Promise<Bus>
  /** Ends a daemon as a crash would. */
  kill(daemon: string): Promise<void>
  /** Another device on the same server. */
  otherDevice(): Promise<Network>
  close(): Promise<void>
}

export interface BackEnd {
  readonly name: string
  open(): Promise<Network>
}

/** What the daemons of the cases serve when a case does not say otherwise. */
export const probe: ServiceImpl<typeof Probe> = {
  echo: request => ({ text: request.text, payload: request.payload }),
  async *count({ from, to, size }) {
    const payload = new Uint8Array(size)
    for (let number = from; number <= to; number += 1) yield { number, payload }
  },
  async collect(requests) {
    let messages = 0
    let sum = 0n
    let bytes = 0n
    for await (const { number, payload } of requests) {
      messages += 1
      sum += BigInt(number)
      bytes += BigInt(payload.length)
    }
    return { messages, sum, bytes }
  },
  async *converse(requests) {
    for await (const { text } of requests) yield { text: `${text}!` }
  },
}

/** A client `a` of a daemon `b` that serves Probe, whole or with some methods replaced. */
export async function pair(network: Network, replaced: Partial<ServiceImpl<typeof Probe>> = {}) {
  const a = await network.connect('a')
  const b = await network.connect('b')
  await b.serve(Probe, { ...probe, ...replaced })
  return { a, b, client: a.client('b', Probe) }
}

export async function* numbers(from: number, to: number): AsyncGenerator<{ number: number }> {
  for (let number = from; number <= to; number += 1) yield { number }
}

export async function all<T>(source: AsyncIterable<T>): Promise<T[]> {
  const values = []
  for await (const value of source) values.push(value)
  return values
}

/** A value that comes later, once. */
export class Signal<T = void> {
  readonly #resolvers = Promise.withResolvers<T>()
  readonly promise = this.#resolvers.promise
  give(value: T): void {
    this.#resolvers.resolve(value)
  }
}

/** Collects what comes, and waits until enough of it is there. */
export class Heard<T> {
  readonly values: T[] = []
  #waiting: { enough: (values: T[]) => boolean; resolve: () => void }[] = []

  add(value: T): void {
    this.values.push(value)
    this.#waiting = this.#waiting.filter(({ enough, resolve }) => {
      if (!enough(this.values)) return true
      resolve()
      return false
    })
  }

  async until(enough: (values: T[]) => boolean): Promise<T[]> {
    if (!enough(this.values)) {
      await new Promise<void>(resolve => {
        this.#waiting.push({ enough, resolve })
      })
    }
    return this.values
  }
}
