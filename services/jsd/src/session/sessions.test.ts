import { ManualClock } from '@hangar/runtime'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Session } from './session.ts'
import { Sessions } from './sessions.ts'

it('gives each client id to one session at a time, and takes it back with the session', () => {
  const step = fc.record({
    session: fc.nat({ max: 4 }),
    action: fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom('', 'a', 'b', 'c').map(clientId => ({ clientId })) },
      { weight: 1, arbitrary: fc.constant('close' as const) },
    ),
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), steps => {
      // What is told of the sessions, as it is told: no client id is ever at two of them.
      const told = new Map<Session, string>()
      const sessions = new Sessions({
        clock: new ManualClock(),
        prefix: 'x',
        maxConnections: 5,
        onIdentity(session) {
          told.set(session, session.clientId)
          expect(new Set(told.values()).size).toBe(told.size)
        },
        onClose: session => told.delete(session),
      })
      const open = (index: number) =>
        sessions.open({ peer: `ipv4:192.0.2.${index}:1`, localAddress: '', end: () => {} })
      const live: Session[] = [0, 1, 2, 3, 4].map(open)
      const held = new Map<string, Session>()
      for (const { session: index, action } of steps) {
        const session = live[index]!
        if (action === 'close') {
          sessions.close(session)
          for (const [id, holder] of held) if (holder === session) held.delete(id)
          live[index] = open(index)
          continue
        }
        const { clientId } = action
        const free = clientId === '' || (held.get(clientId) ?? session) === session
        expect(sessions.claim(session, { clientId, user: 'u', loginClass: '' }, 'login')).toBe(free)
        if (!free) continue
        for (const [id, holder] of held) if (holder === session) held.delete(id)
        if (clientId !== '') held.set(clientId, session)
        expect(session.clientId).toBe(clientId || session.peer)
      }
      expect(told).toEqual(new Map(live.filter(one => one.identity).map(one => [one, one.clientId])))
      for (const id of ['a', 'b', 'c']) expect(sessions.find(id)).toBe(held.get(id))
      for (const session of live) expect(sessions.find(session.clientId)).toBe(session)
      expect([...sessions]).toHaveLength(5)
      expect(sessions.full).toBe(true)
    }),
  )
})
