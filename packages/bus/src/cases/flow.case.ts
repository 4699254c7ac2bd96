import { Probe } from '@hangar/protocol/hangar/bus/v1/probe_pb'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type BackEnd, type Network, pair, Signal } from './network.ts'

/** Messages that a writer may be ahead of its reader: both windows, and what either end has in its hands. */
const ahead = 600

/** A reader that is slow costs bounded memory at the writer, counted and not timed. */
export function flowCases(backEnd: BackEnd): void {
  describe(`${backEnd.name}: flow control`, () => {
    let network: Network
    beforeEach(async () => {
      network = await backEnd.open()
    })
    afterEach(() => network.close())

    test('the server waits for a client that reads slowly', async () => {
      let written = 0
      const { client } = await pair(network, {
        async *count({ to }) {
          for (let number = 1; number <= to; number += 1) {
            written = number
            yield { number }
          }
        },
      })
      let read = 0
      for await (const { number } of client.count({ to: 5000 })) {
        read += 1
        expect(number).toBe(read)
        expect(written - read).toBeLessThanOrEqual(ahead)
        // Another call goes by between two messages: nothing waits behind the stream.
        if (read % 500 === 0) await client.echo({})
      }
      expect(read).toBe(5000)
    })

    test('the client waits for a server that reads slowly', async () => {
      let written = 0
      let read = 0
      let worst = 0
      const next: Signal[] = Array.from({ length: 5 }, () => new Signal())
      const { client } = await pair(network, {
        async collect(requests) {
          for await (const { number } of requests) {
            read += 1
            worst = Math.max(worst, number - read, written - read)
            if (read % 1000 === 0) await next[read / 1000 - 1]!.promise
          }
          return { messages: read }
        },
      })
      async function* source() {
        for (let number = 1; number <= 5000; number += 1) {
          written = number
          yield { number }
        }
      }
      const answer = client.collect(source())
      for (const signal of next) {
        for (let turn = 0; turn < 20; turn += 1) await client.echo({})
        expect(written - read).toBeLessThanOrEqual(ahead)
        signal.give()
      }
      expect((await answer).messages).toBe(5000)
      expect(worst).toBeLessThanOrEqual(ahead)
    })

    test('large messages are counted by their bytes', async () => {
      let written = 0
      const size = 100_000
      const { client } = await pair(network, {
        async *count({ to }) {
          for (let number = 1; number <= to; number += 1) {
            written = number
            yield { number, payload: new Uint8Array(size) }
          }
        },
      })
      let read = 0
      for await (const { payload } of client.count({ to: 200 })) {
        read += 1
        expect(payload.length).toBe(size)
        expect(written - read).toBeLessThanOrEqual(80)
        await client.echo({})
      }
      expect(read).toBe(200)
    })

    test('small calls go by while streams of large messages run', async () => {
      const { a, client } = await pair(network)
      const other = a.client('b', Probe)
      let bytes = 0
      const reading = (async () => {
        for await (const { payload } of client.count({ from: 1, to: 20, size: 1_000_000 })) bytes += payload.length
      })()
      let small = 0
      const done = reading.then(() => true)
      while (!(await Promise.race([done, other.echo({ text: 'urgent' }).then(() => false)]))) small += 1
      expect(bytes).toBe(20_000_000)
      expect(small).toBeGreaterThan(0)
    })
  })
}
