import fc from 'fast-check'
import { expect, test } from 'vitest'
import { startMonitoring } from '../testing/monitoring.ts'
import {
  type MonitorReader,
  monitorApis,
  type TestMonitorMessage,
  type TestMonitorRequest,
} from '../testing/rib-monitors.ts'

type Monitoring = Awaited<ReturnType<typeof startMonitoring>>

/** A client that believes what it is told, and objects to what cannot be. */
class Believer {
  /** By destination, the cookie, tag and preference of its route. */
  readonly routes = new Map<string, string>()
  /** Everything may be told again. */
  again = false
  ends = 0

  hear({ code, entries, routes }: TestMonitorMessage): void {
    expect(code).toBe(0)
    entries.forEach((entry, i) => {
      if (entry === 'END') {
        this.ends++
        return
      }
      const [operation, destination, cookie] = entry.split(' ')
      const known = this.routes.get(destination!)
      if (operation === 'DELETE') {
        expect(known?.split(' ')[0]).toBe(cookie)
        this.routes.delete(destination!)
        return
      }
      expect(operation === 'MODIFY' || this.again).toBe(known !== undefined || this.again)
      const { tags, preferences } = routes[i]!.attributes!
      const tag = tags[0]?.value ?? 0
      this.routes.set(destination!, `${cookie} ${tag} ${preferences[0]?.value}`)
    })
  }
}

/** What the table has for a client whose policy accepts one tag, or whatever there is. */
function accepted({ rib }: Monitoring, tag: number | undefined): Map<string, string> {
  const table = rib.table('inet.0')!
  const routes = new Map<string, string>()
  for (const head of table.heads()) {
    const values = table.attributes(head).values
    if (!table.isActive(head) || (tag !== undefined && values.tag !== tag)) continue
    const { rows } = table
    routes.set(`${rows.k0(head) >>> 24}.0.0.0/8`, `${rows.cookieLow(head)} ${values.tag ?? 0} ${values.preference}`)
  }
  return routes
}

const octet = fc.integer({ min: 1, max: 6 })
const cookie = fc.nat(1)
const commands = fc.array(
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        do: fc.constant('put' as const),
        octet,
        cookie,
        tag: fc.nat(2),
        preference: fc.integer({ min: 5, max: 7 }),
      }),
    },
    { weight: 4, arbitrary: fc.record({ do: fc.constant('remove' as const), octet, cookie }) },
    { weight: 4, arbitrary: fc.record({ do: fc.constant('read' as const), most: fc.nat(3) }) },
    {
      weight: 2,
      arbitrary: fc.record({
        do: fc.constant('register' as const),
        policy: fc.constantFrom('', 'p'),
        context: fc.nat(2),
        again: fc.boolean(),
      }),
    },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('configure' as const), tag: fc.option(fc.nat(2)) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('deregister' as const, 'cancel' as const) }) },
  ),
  { maxLength: 40 },
)

test('whatever happens in whatever order, and however slowly it is read: what was told is what the policy accepts of the table', async () => {
  await fc.assert(
    fc.asyncProperty(commands, fc.integer({ min: 1, max: 4 }), async (todo, count) => {
      const monitoring = await startMonitoring(monitorApis.classic)
      const { put, remove, configure, register } = monitoring
      let reader: MonitorReader | undefined
      let believer = new Believer()
      let request: TestMonitorRequest = {}
      let policyTag: number | undefined | null = null
      const hear = async (from: MonitorReader, most?: number) => {
        for (const message of await from.messages(most)) believer.hear(message)
      }
      for (const command of todo)
        switch (command.do) {
          case 'put':
            put(command.octet, { cookie: command.cookie, tag: command.tag, preference: command.preference })
            break
          case 'remove':
            remove(command.octet, command.cookie)
            break
          case 'read':
            if (reader) await hear(reader, command.most)
            break
          case 'configure':
            policyTag = command.tag
            configure(
              ...(policyTag === null
                ? []
                : [`policy-statement p from tag ${policyTag}`, 'policy-statement p then accept']),
            )
            break
          case 'register': {
            const { policy, context, again } = command
            if (policy === 'p' && policyTag === null) break
            const same = reader && request.policy === policy && request.context === context && !again
            const next = register({ policy, context, again, count })
            if (same) {
              expect((await next.messages()).map(({ code }) => code)).toEqual([28])
              break
            }
            // One message may have been on its way to the old call.
            if (reader) await hear(reader)
            if (reader) expect(reader.ended).toBe(false)
            if (reader && again) believer.again = true
            reader = next
            request = { policy, context }
            break
          }
          case 'deregister':
            if (!reader) break
            expect((await register({ operation: 2 }).messages()).map(({ code }) => code)).toEqual([0])
            await hear(reader)
            expect([reader.ended, believer.routes.size]).toEqual([true, 0])
            reader = undefined
            break
          case 'cancel':
            await reader?.cancel()
            reader = undefined
            believer = new Believer()
        }
      if (!reader) return
      await hear(reader)
      const tag = request.policy === '' ? undefined : (policyTag ?? -1)
      expect(believer.routes).toEqual(accepted(monitoring, tag))
      expect(believer.ends).toBeGreaterThan(0)
      // Nothing is left to say.
      expect(await reader.messages()).toEqual([])
    }),
    { numRuns: 300 },
  )
})
