import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Turnstile } from './turnstile.ts'

it('lets so many through at once, in order, whoever gives up', async () => {
  const visitor = fc.record({ givesUp: fc.boolean(), fails: fc.boolean() })
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 4 }), fc.array(visitor, { maxLength: 12 }), async (places, visitors) => {
      const turnstile = new Turnstile(places)
      const entered: number[] = []
      let inside = 0
      let most = 0
      const gate = Promise.withResolvers<void>()
      const outcomes = Promise.allSettled(
        visitors.map(({ givesUp, fails }, index) => {
          const abort = new AbortController()
          const visit = turnstile.run(async () => {
            entered.push(index)
            most = Math.max(most, ++inside)
            await gate.promise
            inside--
            if (fails) throw new Error('failed inside')
            return index
          }, abort.signal)
          if (givesUp) abort.abort(new Error('gave up'))
          return visit
        }),
      )
      gate.resolve()
      const results = await outcomes
      expect(most).toBeLessThanOrEqual(places)
      expect(entered).toEqual(entered.toSorted((a, b) => a - b))
      for (const [index, result] of results.entries())
        expect(entered.includes(index)).toBe(result.status === 'fulfilled' || result.reason.message === 'failed inside')
      // Every place is free again.
      await Promise.all(
        Array.from({ length: places }, () => turnstile.run(async () => {}, new AbortController().signal)),
      )
    }),
  )
})
