import fc from 'fast-check'
import mqtt from 'mqtt-packet'
import { describe, expect, it } from 'vitest'
import { PacketSize } from './packet-size.ts'

const publish = (bytes: number) =>
  mqtt.generate({ cmd: 'publish', topic: 'a', payload: Buffer.alloc(bytes, 0xff), qos: 0, retain: false, dup: false })

/** The same bytes, cut anywhere. */
function* pieces(bytes: Buffer, cuts: number[]): Generator<Buffer> {
  let from = 0
  for (const cut of [...cuts.map(one => one % (bytes.length + 1)).toSorted((a, b) => a - b), bytes.length]) {
    yield bytes.subarray(from, cut)
    from = cut
  }
}

describe('PacketSize', () => {
  it('lets packets up to the limit through and finds the first above it, however they are cut', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 8 }),
        fc.array(fc.nat(), { maxLength: 12 }),
        (sizes, cuts) => {
          const limit = 303
          const found: number[] = []
          const watch = new PacketSize(limit)
          for (const piece of pieces(Buffer.concat(sizes.map(publish)), cuts)) {
            const excess = watch.excess(piece)
            if (excess === undefined) continue
            found.push(excess)
            break
          }
          // Two bytes for the topic's length, one for the topic.
          expect(found).toEqual(
            sizes
              .filter(size => size + 3 > limit)
              .slice(0, 1)
              .map(size => size + 3),
          )
        },
      ),
    )
  })

  it('knows the type of the packet that came last', () => {
    const watch = new PacketSize(1000)
    watch.excess(Buffer.concat([publish(5), Buffer.from([0xe0, 0x00])]))
    expect(watch.type).toBe(14)
  })

  it('refuses a length of more than four bytes', () => {
    expect(new PacketSize(1e9).excess(Buffer.from([0x30, 0xff, 0xff, 0xff, 0xff]))).toBe(Number.POSITIVE_INFINITY)
  })
})
