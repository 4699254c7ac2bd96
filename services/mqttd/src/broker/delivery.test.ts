import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { testBroker } from '../testing/device-broker.ts'
import { RawClient } from '../testing/raw-client.ts'

const qos = fc.constantFrom(0 as const, 1 as const, 2 as const)
const message = fc.record({
  publisher: fc.integer({ min: 0, max: 2 }),
  qos,
  retain: fc.boolean(),
  topic: fc.constantFrom('/a/b', '/a/c', '/a/b/c'),
})
const subscriber = fc.record({
  clean: fc.boolean(),
  filters: fc.uniqueArray(fc.record({ topic: fc.constantFrom('/a/#', '/a/+', '#', '/a/b', '+/+/b'), qos }), {
    selector: ({ topic }) => topic,
    minLength: 1,
    maxLength: 3,
  }),
})

const wants = (filters: { topic: string }[], topic: string) =>
  filters.some(({ topic: filter }) => {
    if (filter === '#' || filter === '/a/#') return true
    return filter === '/a/+' ? topic !== '/a/b/c' : topic === '/a/b'
  })

describe('publishers of every QoS at once', () => {
  it('reach every subscriber that wants it, once, in the order of each publisher and QoS', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(message, { minLength: 1, maxLength: 60 }),
        fc.array(subscriber, { minLength: 1, maxLength: 4 }),
        async (messages, subscribers) => {
          await using it = await testBroker()
          const readers = await Promise.all(
            subscribers.map(async ({ clean, filters }, i) => {
              const client = await RawClient.session(it.port, { clean, clientId: `reader ${i}` })
              client.send({ cmd: 'subscribe', messageId: 1, subscriptions: filters })
              await client.next('suback')
              return client
            }),
          )
          const publishers = await Promise.all([0, 1, 2].map(() => RawClient.session(it.port)))
          for (const [i, { publisher, topic, ...given }] of messages.entries())
            publishers[publisher]!.publish(topic, `${i}`, { ...given, messageId: i + 1 })
          for (const publisher of publishers) publisher.publish('/a/b', 'end', { qos: 0 })
          for (const publisher of publishers) await publisher.roundTrip()
          // Removes what was retained, and is behind everything else.
          for (const topic of ['/a/b', '/a/c', '/a/b/c'])
            publishers[0]!.publish(topic, '', { retain: true, qos: 1, messageId: 999 })
          for (const _ of [1, 2, 3]) await publishers[0]!.next('puback')
          await publishers[0]!.roundTrip()
          for (const [i, reader] of readers.entries()) {
            await reader.roundTrip()
            const got = reader.received.flatMap(packet => {
              if (packet.cmd !== 'publish' || packet.retain) return []
              const text = packet.payload.toString()
              return text === '' || text === 'end' ? [] : [Number(text)]
            })
            const wanted = messages.flatMap(({ topic }, n) => (wants(subscribers[i]!.filters, topic) ? [n] : []))
            expect(got.toSorted((a, b) => a - b)).toEqual(wanted)
            for (const publisher of [0, 1, 2]) {
              for (const level of [0, 1, 2]) {
                const own = got.filter(n => messages[n]!.publisher === publisher && messages[n]!.qos === level)
                expect(own).toEqual(own.toSorted((a, b) => a - b))
              }
            }
          }
          for (const client of [...readers, ...publishers]) client.close()
        },
      ),
      { numRuns: 40 },
    )
  })
})
