import { TickSchema } from '@hangar/protocol/hangar/bus/v1/probe_pb'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type BackEnd, Heard, type Network } from './network.ts'

/** Events: order, who hears them, and from when. */
export function eventCases(backEnd: BackEnd): void {
  describe(`${backEnd.name}: events`, () => {
    let network: Network
    beforeEach(async () => {
      network = await backEnd.open()
    })
    afterEach(() => network.close())

    test('arrive in order, with their origin', async () => {
      const a = await network.connect('a')
      const b = await network.connect('b')
      const heard = new Heard<[number, string, string, bigint]>()
      await a.subscribe('b', 'tick', TickSchema, ({ number }, { daemon, incarnation, sequence }) =>
        heard.add([number, daemon, incarnation, sequence]),
      )
      const ticks = b.publisher('tick', TickSchema)
      for (let number = 1; number <= 3000; number += 1) ticks.publish({ number })
      await heard.until(values => values.length === 3000)
      expect(heard.values).toEqual(
        Array.from({ length: 3000 }, (_, index) => [index + 1, 'b', b.incarnation, BigInt(index + 1)]),
      )
    })

    test('a late subscriber begins at now', async () => {
      const a = await network.connect('a')
      const b = await network.connect('b')
      const ticks = b.publisher('tick', TickSchema)
      const early = new Heard<number>()
      await a.subscribe('b', 'tick', TickSchema, ({ number }) => early.add(number))
      ticks.publish({ number: 1 })
      ticks.publish({ number: 2 })
      await early.until(values => values.length === 2)
      const late = new Heard<number>()
      const gaps: bigint[] = []
      await a.subscribe(
        '*',
        'tick',
        TickSchema,
        ({ number }) => late.add(number),
        ({ missed }) => gaps.push(missed),
      )
      ticks.publish({ number: 3 })
      ticks.publish({ number: 4 })
      expect(await late.until(values => values.length === 2)).toEqual([3, 4])
      expect([early.values, gaps]).toEqual([[1, 2, 3, 4], []])
    })

    test('of one daemon, of all, of one kind', async () => {
      const [a, b, c] = [await network.connect('a'), await network.connect('b'), await network.connect('c')]
      const one = new Heard<number>()
      const every = new Heard<string>()
      const another = new Heard<number>()
      await a.subscribe('b', 'tick', TickSchema, ({ number }) => one.add(number))
      const ending = await a.subscribe('*', 'tick', TickSchema, ({ number }, { daemon }) =>
        every.add(`${daemon}${number}`),
      )
      await a.subscribe('*', 'tock', TickSchema, ({ number }) => another.add(number))
      const ofB = b.publisher('tick', TickSchema)
      const ofC = c.publisher('tick', TickSchema)
      const tock = c.publisher('tock', TickSchema)
      ofB.publish({ number: 1 })
      ofC.publish({ number: 2 })
      tock.publish({ number: 3 })
      await every.until(values => values.length === 2)
      await another.until(values => values.length === 1)
      expect([...every.values].sort()).toEqual(['b1', 'c2'])
      await ending[Symbol.asyncDispose]()
      ofB.publish({ number: 4 })
      await one.until(values => values.length === 2)
      expect([one.values, another.values, every.values.length]).toEqual([[1, 4], [3], 2])
    })

    test('a large event keeps its place', async () => {
      const a = await network.connect('a')
      const b = await network.connect('b')
      const heard = new Heard<[number, number]>()
      await a.subscribe('b', 'tick', TickSchema, ({ number, payload }) => heard.add([number, payload.length]))
      const ticks = b.publisher('tick', TickSchema)
      ticks.publish({ number: 1 })
      ticks.publish({ number: 2, payload: new Uint8Array(3_000_000) })
      ticks.publish({ number: 3 })
      expect(await heard.until(values => values.length === 3)).toEqual([
        [1, 0],
        [2, 3_000_000],
        [3, 0],
      ])
    })

    test('a listener that throws disturbs nobody', async () => {
      const a = await network.connect('a')
      const b = await network.connect('b')
      const heard = new Heard<number>()
      await a.subscribe('b', 'tick', TickSchema, () => {
        throw new Error('a defect')
      })
      await a.subscribe('b', 'tick', TickSchema, ({ number }) => heard.add(number))
      const ticks = b.publisher('tick', TickSchema)
      ticks.publish({ number: 1 })
      ticks.publish({ number: 2 })
      expect(await heard.until(values => values.length === 2)).toEqual([1, 2])
    })

    test('a kind asked for twice is one source', async () => {
      const a = await network.connect('a')
      const heard = new Heard<[number, bigint]>()
      await a.subscribe('a', 'tick', TickSchema, ({ number }, { sequence }) => heard.add([number, sequence]))
      a.publisher('tick', TickSchema).publish({ number: 1 })
      a.publisher('tick', TickSchema).publish({ number: 2 })
      expect(await heard.until(values => values.length === 2)).toEqual([
        [1, 1n],
        [2, 2n],
      ])
    })

    test('a publisher that started again counts anew', async () => {
      const a = await network.connect('a')
      const b = await network.connect('b')
      const heard = new Heard<[number, string, bigint]>()
      await a.subscribe('b', 'tick', TickSchema, ({ number }, { incarnation, sequence }) =>
        heard.add([number, incarnation, sequence]),
      )
      b.publisher('tick', TickSchema).publish({ number: 1 })
      await heard.until(values => values.length === 1)
      await b.close()
      const again = await network.connect('b')
      again.publisher('tick', TickSchema).publish({ number: 2 })
      expect(await heard.until(values => values.length === 2)).toEqual([
        [1, b.incarnation, 1n],
        [2, again.incarnation, 1n],
      ])
    })
  })
}
