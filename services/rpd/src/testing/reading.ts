import { RouteReads } from '../read/read-routes.ts'
import type { AttributeValues } from '../rib/attributes.ts'
import type { NextHopSpec } from '../rib/next-hop.ts'
import { putRoute } from '../rib/put-route.ts'
import type { readApis, TestAnswer, TestKey } from './rib-reads.ts'
import { testRouting } from './routing.ts'

export async function collected<T>(values: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const value of values) all.push(value)
  return all
}

export const discard: NextHopSpec = { kind: 'discard' }

/** A routing process, and a generation's RouteGet on it. */
export async function startReading(api: (typeof readApis)['classic' | 'modern']) {
  const tested = await testRouting()
  const { rib } = tested.routing
  const reads = new RouteReads(rib)
  /** A route of 10.0.0.0 + `offset`. */
  const route = (
    offset: number,
    length: number,
    more: {
      cookie?: number
      client?: string
      values?: Partial<AttributeValues>
      nextHop?: NextHopSpec
      table?: string
    } = {},
  ) => {
    const { cookie = 0, client = 'app', values, nextHop = discard, table = 'inet.0' } = more
    putRoute(rib, rib.table(table)!, {
      words: [0x0a000000 + offset, 0, 0, 0],
      length,
      source: rib.attributes.source('Static', client),
      values: { preference: 5, preference2: 100, ...values },
      nextHop,
      cookie,
    })
  }
  const read = api(tested.routing, reads)
  const get: typeof read.get = (...request) => {
    rib.settle()
    return read.get(...request)
  }
  /** All answers to one request; the routes as text, sorted unless they are of one destination. */
  const all = async (key: TestKey, more: object = {}, client = 'reader') => {
    const answers: TestAnswer[] = await collected(get(client, { table: 'inet.0', ...key }, more))
    const routes = answers.flatMap(answer => answer.routes)
    return { answers, codes: answers.map(({ code }) => code), texts: routes.map(({ text }) => text), routes }
  }
  return { ...tested, rib, reads, route, get, all }
}
