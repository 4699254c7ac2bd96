import { emptyRoot, loadSet, viewOf } from '@hangar/junos-config'
import type { AttributeValues } from '../rib/attributes.ts'
import { deleteRoute, putRoute } from '../rib/put-route.ts'
import { MonitorReader, type monitorApis, type TestMonitorRequest } from './rib-monitors.ts'
import { testRouting } from './routing.ts'

/** A routing process, and a generation's monitors on it. */
export async function startMonitoring(makeApi: (typeof monitorApis)['classic' | 'modern']) {
  const tested = await testRouting()
  const { rib, policies } = tested.routing
  const api = makeApi(tested.routing)
  const place = (octet: number, cookie = 0, table = 'inet.0') => ({
    table: rib.table(table)!,
    words: [octet * 0x1000000, 0, 0, 0] as const,
    length: 8,
    cookie,
    source: rib.attributes.source('Static', 'app'),
  })
  /** A route to octet.0.0.0/8. */
  const put = (
    octet: number,
    more: Partial<AttributeValues> & { cookie?: number; table?: string; via?: string } = {},
  ) => {
    const { cookie, table, via, ...values } = more
    const where = place(octet, cookie, table)
    putRoute(rib, where.table, {
      ...where,
      values: { preference: 5, preference2: 100, ...values },
      nextHop:
        via === undefined
          ? { kind: 'discard' }
          : { kind: 'gateways', gateways: [{ interface: via, resolve: 'connected' }] },
    })
    rib.settle()
  }
  const remove = (octet: number, cookie = 0, table = 'inet.0') => {
    const where = place(octet, cookie, table)
    deleteRoute(where.table, where)
    rib.settle()
  }
  /** Makes these the policies, and nothing else. */
  const configure = (...lines: readonly string[]) => {
    const loaded = loadSet(emptyRoot, lines.map(line => `set policy-options ${line}`).join('\n'))
    if (loaded.errorCount > 0) throw new Error(JSON.stringify(loaded.errors))
    policies.configure(viewOf(loaded.root).at('policy-options'))
  }
  const register = (request: TestMonitorRequest = {}, client = 'watcher', session?: string) =>
    new MonitorReader(api, client, request, session)
  return { ...tested, rib, put, remove, configure, register }
}
