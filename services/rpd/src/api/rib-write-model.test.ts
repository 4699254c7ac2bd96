import { create } from '@bufbuild/protobuf'
import { parsePrefix } from '@hangar/inet'
import {
  RouteCleanupRequestSchema,
  RouteInitializeRequestSchema,
  StatusCode,
} from '@hangar/protocol/jnx_routing_rib_service_pb'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { wordsOf } from '../rib/words.ts'
import { jetCall } from '../testing/jet-call.ts'
import { type ModelRoute, RibModel } from '../testing/rib-model.ts'
import { writeApis } from '../testing/rib-writes.ts'
import { testRouting } from '../testing/routing.ts'

const ifls = ['xe-0/0/0.0', 'xe-0/0/1.0']

const route: fc.Arbitrary<ModelRoute> = fc
  .record({
    destination: fc.constantFrom('20.0.0.0/8', '20.0.0.0/9', '20.128.0.0/9', '30.0.0.0/8'),
    cookie: fc.constantFrom(0n, 1n, 2n ** 63n),
    preference: fc.constantFrom(5, 6),
    next: fc.option(fc.record({ ifl: fc.constantFrom(...ifls), octet: fc.integer({ min: 2, max: 4 }) }), {
      nil: undefined,
    }),
  })
  .map(({ destination, cookie, preference, next }) => {
    const [to, length] = destination.split('/') as [string, string]
    const gateway = next && `10.0.0.${next.octet}`
    return {
      to,
      length: Number(length),
      cookie,
      attributes: { preferences: { 0: preference } },
      via: next ? [{ address: gateway!, interfaceName: next.ifl }] : [],
      path: { preference, way: next && `${next.ifl} ${gateway}`, interface: next?.ifl },
    }
  })

const client = fc.constantFrom('a', 'b', 'c')
const generation = fc.constantFrom('classic' as const, 'modern' as const)
const step = fc.oneof(
  {
    weight: 10,
    arbitrary: fc.record({
      put: fc.constantFrom('add' as const, 'modify' as const, 'update' as const),
      client,
      generation,
      routes: fc.array(route, { maxLength: 4 }),
    }),
  },
  { weight: 4, arbitrary: fc.record({ remove: fc.array(route, { maxLength: 3 }), client, generation }) },
  { weight: 3, arbitrary: fc.record({ initialize: client }) },
  { weight: 1, arbitrary: fc.record({ cleanup: client }) },
  { weight: 3, arbitrary: fc.record({ disconnect: client }) },
  { weight: 3, arbitrary: fc.record({ seconds: fc.constantFrom(1, 60, 119, 120) }) },
  { weight: 2, arbitrary: fc.record({ flap: fc.constantFrom(...ifls), up: fc.boolean() }) },
)

test('any interleaving of clients ends as in the simplest RIB there is', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60, size: 'max' }), async steps => {
      const { routing, kernel, links, clock } = await testRouting()
      links.up.add(ifls[0]!)
      links.down.add(ifls[0]!).add(ifls[1]!)
      const model = new RibModel()
      const apis = { classic: writeApis.classic(routing), modern: writeApis.modern(routing) }
      let sessions = 0
      /** A call of a client, which connects when it is not connected. */
      const call = (id: string) => {
        const known = model.client(id)
        if (known.session === undefined) {
          known.session = `s${++sessions}`
          routing.clients.sessionUp(known.session, id)
        }
        return jetCall(id, known.session)
      }
      // Answers are looked at when all is said: calls of several clients are on their way at once.
      const answers: Promise<unknown>[] = []
      const expected: unknown[] = []
      const answered = async () => {
        expect(await Promise.all(answers)).toEqual(expected)
        answers.length = expected.length = 0
      }
      for (const one of steps) {
        if ('put' in one) {
          const { put, generation: by, routes } = one
          answers.push(apis[by].raw(put, apis[by].encode(routes), call(`new ${one.client}`)))
          expected.push(model.put(`new ${one.client}`, by, put, routes))
        } else if ('remove' in one) {
          const { remove, generation: by } = one
          answers.push(apis[by].remove(call(`new ${one.client}`), ...remove))
          expected.push(model.remove(`new ${one.client}`, by, remove))
        } else if ('initialize' in one) {
          const id = `new ${one.initialize}`
          const { subCode } = await apis.modern.typed.routeInitialize!(create(RouteInitializeRequestSchema), call(id))
          expect(StatusCode[subCode ?? 0]).toBe(model.initialize(id))
        } else if ('cleanup' in one) {
          const id = `new ${one.cleanup}`
          const { subCode } = await apis.modern.typed.routeCleanup!(create(RouteCleanupRequestSchema), call(id))
          expect(StatusCode[subCode ?? 0]).toBe(model.cleanup(id))
        } else if ('disconnect' in one) {
          const id = `new ${one.disconnect}`
          const { session } = model.client(id)
          if (session === undefined) continue
          routing.clients.sessionDown(session)
          model.disconnect(id)
        } else if ('seconds' in one) {
          await answered()
          await clock.advance(one.seconds * 1000)
          await routing.committed()
          model.advance(one.seconds)
        } else {
          links.up[one.up ? 'add' : 'delete'](one.flap)
          routing.rib.linksChanged()
          model.flap(one.flap, one.up)
        }
      }
      await answered()
      await routing.committed()

      const { ways, routes } = model.state()
      const key = (destination: string) => {
        const { address, length } = parsePrefix(destination)!
        return `${wordsOf(address)[0]}/${length}`
      }
      const inKernel = [...(kernel.tables.get('inet.0')?.keys() ?? [])].map(one => [one, kernel.ways('inet.0', one)])
      const inModel = [...ways].map(([destination, way]) => [key(destination), way === undefined ? [] : [way]])
      expect(new Map(inKernel as [])).toEqual(new Map(inModel as []))
      for (const id of ['new a', 'new b', 'new c'])
        expect(routing.rib.attributes.source('Static', id).routes).toBe(routes.get(id) ?? 0)
      const table = routing.rib.table('inet.0')!
      for (const [destination, paths] of model.destinations) {
        const { address, length } = parsePrefix(destination)!
        const chain: string[] = []
        for (let row = table.find(...wordsOf(address), length); row >= 0; row = table.rows.next(row))
          chain.push(
            `${table.attributes(row).source.client} ${(BigInt(table.rows.cookieHigh(row)) << 32n) | BigInt(table.rows.cookieLow(row))}`,
          )
        expect(chain).toEqual(paths.map(one => `${one.client} ${one.cookie}`))
      }
    }),
    { numRuns: 150 },
  )
})
