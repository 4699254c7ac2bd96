import { create, fromBinary, toBinary } from '@bufbuild/protobuf'
import {
  RouteGetReplySchema,
  RouteGetRequestSchema,
  RouteMatchType,
  RouteOperReplySchema,
  RouteOperStatus,
  RouteRemoveRequestSchema,
  RouteUpdateRequestSchema,
} from '@hangar/protocol/rib_service_pb'
import { session } from './hangar-jobs.ts'
import { gateways } from './prefixes.ts'

const EVERY_MS = 4

let probing: { stop: () => Promise<number[]> } | undefined

/** Somebody else's small calls while a table comes or goes: one route added, read and removed, over and over, a new round every few ms. */
export const probeJobs = {
  probeStart(clientId: string): void {
    const client = session(clientId)
    const times: number[] = []
    const under = new Set<Promise<void>>()
    const timed = async <T>(call: Promise<T>): Promise<T> => {
      const begin = performance.now()
      const answer = await call
      times.push(performance.now() - begin)
      return answer
    }
    const round = async (address: string) => {
      const { add, get, remove } = requestsFor(address)
      expectDone('RouteAdd', await timed(client.call('/routing.Rib/RouteAdd', add)))
      const found: Buffer[] = []
      await timed(client.stream('/routing.Rib/RouteGet', get, answer => void found.push(answer)))
      if (found.every(answer => fromBinary(RouteGetReplySchema, answer).routes.length === 0))
        throw new Error(`RouteGet: ${address}/32 is not there`)
      expectDone('RouteRemove', await timed(client.call('/routing.Rib/RouteRemove', remove)))
    }
    let count = 0
    let failed: unknown
    const timer = setInterval(() => {
      // RFC 2544 keeps 198.18.0.0/15 for benchmarks, and the table leaves it out.
      const one = round(`198.18.${(count >> 8) & 255}.${count & 255}`)
        .catch(error => {
          failed ??= error
        })
        .finally(() => under.delete(one))
      under.add(one)
      count++
    }, EVERY_MS)
    probing = {
      async stop() {
        clearInterval(timer)
        await Promise.all(under)
        if (failed) throw failed
        return times
      },
    }
  },

  /** Milliseconds that each call took. */
  async probeStop(): Promise<number[]> {
    return probing!.stop()
  },

  /** Some calls for what is not there, so that a collector of garbage has reason to run. */
  async poke(clientId: string): Promise<void> {
    const { get } = requestsFor('198.18.0.0')
    for (let call = 0; call < 100; call++) await session(clientId).stream('/routing.Rib/RouteGet', get, () => {})
  },

  /** Resolves when none of these routes are there any more. */
  async untilGone({ clientId, prefixes }: { clientId: string; prefixes: readonly (readonly [string, number])[] }) {
    for (const [address, length] of prefixes) {
      const { get } = requestsFor(address, length)
      for (let there = true; there; ) {
        there = false
        await session(clientId).stream('/routing.Rib/RouteGet', get, answer => {
          there ||= fromBinary(RouteGetReplySchema, answer).routes.length > 0
        })
        if (there) await new Promise(resolve => setTimeout(resolve, 50))
      }
    }
  },
}

function expectDone(method: string, answer: Buffer): void {
  const { status } = fromBinary(RouteOperReplySchema, answer)
  if (status !== RouteOperStatus.SUCCESS) throw new Error(`${method} of one route: ${RouteOperStatus[status]}`)
}

function requestsFor(address: string, destPrefixLen = 32) {
  const network = (text: string) => ({
    Af: { case: 'inet' as const, value: { AddrFormat: { case: 'addrString' as const, value: text } } },
  })
  const key = {
    destPrefix: network(address),
    destPrefixLen,
    table: { RtTableFormat: { case: 'rttName' as const, value: { name: 'inet.0' } } },
  }
  const routes = [{ key, nexthop: { gateways: [{ gatewayAddress: network(gateways[0]!) }] } }]
  const get = create(RouteGetRequestSchema, { key, matchType: RouteMatchType.EXACT, routeCount: 1 })
  return {
    add: Buffer.from(toBinary(RouteUpdateRequestSchema, create(RouteUpdateRequestSchema, { routes }))),
    get: Buffer.from(toBinary(RouteGetRequestSchema, get)),
    remove: Buffer.from(toBinary(RouteRemoveRequestSchema, create(RouteRemoveRequestSchema, { keys: [key] }))),
  }
}
