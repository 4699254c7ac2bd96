import { ManualClock } from '@hangar/runtime'
import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { jetCall } from '../testing/jet-call.ts'
import { Clients, type RoutingClient } from './clients.ts'

/** As long as a call may be ahead of jsd's word. */
const AHEAD = 5_000
const PURGE = 120_000

let clock: ManualClock
let clients: Clients
/** Clients whose routes were removed, in order. */
let purged: string[]
/** While it is set, a removal of routes lasts until it is called. */
let finish: (() => void) | undefined
let slow: boolean

beforeEach(() => {
  clock = new ManualClock()
  purged = []
  slow = false
  clients = new Clients({
    clock,
    async removeRoutes({ id }) {
      purged.push(id)
      if (slow) await new Promise<void>(resolve => (finish = resolve))
    },
  })
})

const call = (id: string, session: string): RoutingClient => clients.calling(jetCall(id, session).caller)
const left = (id: string) => {
  const client = clients.find(id)
  return client && (client.up ? 'up' : clients.secondsLeft(client))
}

test('a client is known from its first call on, by its peer where it has no name', () => {
  clients.sessionUp('s1', 'app')
  expect([...clients]).toEqual([])
  call('app', 's1')
  call('', 's2')
  expect([...clients].map(({ id, number }) => [id, number])).toEqual([
    ['app', 1],
    ['ipv4:127.0.0.1:50000', 2],
  ])
})

test('when its session ends its purge time runs; back within it, it is as it was', async () => {
  clients.sessionUp('s1', 'app')
  const client = call('app', 's1')
  client.initialized.set('rib', 's1')
  clients.sessionDown('s1')
  await clock.advance(PURGE - 1)
  expect(left('app')).toBe(1)
  clients.sessionUp('s2', 'app')
  expect(left('app')).toBe('up')
  await clock.advance(10 * PURGE)
  expect(purged).toEqual([])
  expect(call('app', 's2')).toBe(client)
  expect([...client.initialized]).toEqual([['rib', 's1']])
})

test('one that does not come back is purged, with all that is its own', async () => {
  clients.sessionUp('s1', 'app')
  const client = call('app', 's1')
  client.belongings.set('tunnels', () => void purged.push('tunnels'))
  clients.sessionDown('s1')
  await clock.advance(PURGE)
  expect(purged).toEqual(['tunnels', 'app'])
  expect([...clients]).toEqual([])
  clients.sessionUp('s2', 'app')
  expect(call('app', 's2')).not.toBe(client)
})

describe('purge times', () => {
  beforeEach(() => {
    for (const id of ['own', 'other']) {
      clients.sessionUp(`session of ${id}`, id)
      call(id, `session of ${id}`)
    }
  })

  test("the client's own counts before the device's", () => {
    clients.setPurgeTime(clients.find('own')!, 7)
    clients.globalPurgeTime = 9
    clients.allDown()
    expect([left('own'), left('other')]).toEqual([7, 9])
  })

  test('one that is set while the client is down is counted from then', async () => {
    clients.allDown()
    await clock.advance(100_000)
    clients.globalPurgeTime = 50
    clients.setPurgeTime(clients.find('own')!, 30)
    expect([left('own'), left('other')]).toEqual([30, 50])
    clients.setPurgeTime(clients.find('own')!, undefined)
    expect(left('own')).toBe(50)
  })

  test('never', async () => {
    clients.globalPurgeTime = 'never'
    clients.allDown()
    await clock.advance(1000 * PURGE)
    expect(left('own')).toBeUndefined()
    expect(purged).toEqual([])
    clients.globalPurgeTime = 1
    await clock.advance(1000)
    expect([...clients]).toEqual([])
  })
})

describe("a call before jsd's word", () => {
  test('makes the client up, as the word does when it comes', async () => {
    call('app', 's1')
    expect(left('app')).toBe('up')
    await clock.advance(AHEAD - 1)
    clients.sessionUp('s1', 'app')
    await clock.advance(10 * PURGE)
    expect(left('app')).toBe('up')
  })

  test('is the last that is heard of the session: its purge time runs', async () => {
    call('app', 's1')
    await clock.advance(AHEAD)
    expect(left('app')).toBe(120)
    await clock.advance(PURGE)
    expect(purged).toEqual(['app'])
  })

  test('and its end: counted from then', async () => {
    call('app', 's1')
    await clock.advance(AHEAD - 1)
    clients.sessionDown('s1')
    expect(left('app')).toBe(120)
    await clock.advance(1000)
    expect(left('app')).toBe(119)
  })
})

describe('a call that arrives after its session ended', () => {
  test('of a client that is known: it changes nothing of its time', async () => {
    clients.sessionUp('s1', 'app')
    const client = call('app', 's1')
    clients.sessionDown('s1')
    await clock.advance(1000)
    expect(call('app', 's1')).toBe(client)
    expect(left('app')).toBe(119)
  })

  test('the first that is heard of the client: what it makes is purged in its time', async () => {
    clients.sessionUp('s1', 'app')
    clients.sessionDown('s1')
    call('app', 's1')
    expect(left('app')).toBe(120)
    await clock.advance(PURGE)
    expect(purged).toEqual(['app'])
    expect([...clients]).toEqual([])
  })

  test('and after the purge began: it is purged again', async () => {
    slow = true
    clients.globalPurgeTime = 1
    clients.sessionUp('s1', 'app')
    call('app', 's1')
    clients.sessionDown('s1')
    await clock.advance(1000)
    const client = call('app', 's1')
    client.belongings.set('tunnels', () => void purged.push('tunnels'))
    finish!()
    slow = false
    await clock.advance(1000)
    expect(purged).toEqual(['app', 'tunnels', 'app'])
    expect([...clients]).toEqual([])
  })

  test('the first that is heard of a client that has another session by now: it is up', async () => {
    clients.sessionUp('s2', 'app')
    call('app', 's1')
    await clock.advance(10 * PURGE)
    expect(left('app')).toBe('up')
    clients.sessionDown('s2')
    expect(left('app')).toBe(120)
  })

  test('while the client has come back: it is the same client', () => {
    clients.sessionUp('s1', 'app')
    const client = call('app', 's1')
    clients.sessionDown('s1')
    clients.sessionUp('s2', 'app')
    expect(call('app', 's1')).toBe(client)
    expect([...client.sessions]).toEqual(['s2'])
  })
})

describe('a session that changes its client id', () => {
  test('leaves the one and makes the other up', () => {
    clients.sessionUp('s1', 'one')
    call('one', 's1')
    call('two', 's1')
    clients.sessionUp('s1', 'two')
    expect([left('one'), left('two')]).toEqual([120, 'up'])
  })

  test('a call that it began as the other does not hold that one up', async () => {
    clients.sessionUp('s1', 'two')
    call('two', 's1')
    call('one', 's1')
    await clock.advance(AHEAD)
    expect([left('one'), left('two')]).toEqual([120, 'up'])
  })
})

describe('jsd', () => {
  test('restarted: all are down; a client that logs in again is up with its new session, under the same id', async () => {
    for (const id of ['back', 'gone']) {
      clients.sessionUp(`a-${id}`, id)
      call(id, `a-${id}`)
    }
    clients.allDown()
    expect([left('back'), left('gone')]).toEqual([120, 120])
    clients.sessionUp('b-1', 'back')
    expect([left('back'), left('gone')]).toEqual(['up', 120])
    // What the replica of its sessions says of the earlier ones, when the snapshot did not name them.
    for (const id of ['back', 'gone']) clients.sessionDown(`a-${id}`)
    expect([left('back'), left('gone')]).toEqual(['up', 120])
    await clock.advance(PURGE)
    expect(purged).toEqual(['gone'])
  })

  test("restarted: a call of the new session may be ahead of the new one's word", () => {
    clients.sessionUp('a-1', 'app')
    call('app', 'a-1')
    clients.allDown()
    call('app', 'b-1')
    expect(left('app')).toBe('up')
  })

  test('out of sight, and back: its sessions live, of clients that were known and of those that were not', () => {
    clients.sessionUp('s1', 'app')
    clients.sessionUp('s2', 'quiet')
    call('app', 's1')
    clients.allDown()
    clients.sessionUp('s1', 'app')
    clients.sessionUp('s2', 'quiet')
    call('quiet', 's2')
    expect([left('app'), left('quiet')]).toEqual(['up', 'up'])
  })

  test('gone before its word on a session came: that one is down too', () => {
    call('app', 's1')
    clients.allDown()
    expect(left('app')).toBe(120)
    call('app', 's1')
    expect(left('app')).toBe(120)
  })
})

test('rpd starts while sessions live: a client is known and up from its first call on, whichever comes first', async () => {
  clients.sessionUp('s1', 'one')
  call('one', 's1')
  call('two', 's2')
  clients.sessionUp('s2', 'two')
  await clock.advance(10 * PURGE)
  expect([left('one'), left('two')]).toEqual(['up', 'up'])
  clients.sessionDown('s1')
  expect([left('one'), left('two')]).toEqual([120, 'up'])
})

describe('while a client is purged', () => {
  let client: RoutingClient
  beforeEach(async () => {
    slow = true
    clients.sessionUp('s1', 'app')
    client = call('app', 's1')
    clients.sessionDown('s1')
    await clock.advance(PURGE)
    slow = false
  })
  const done = async () => {
    finish!()
    await clock.advance(0)
  }

  test('it is cleaning, so that nobody writes what would go too', async () => {
    expect(client.cleaning).toBe(1)
    await done()
    expect(client.cleaning).toBe(0)
  })

  test('it may come back, and is itself', async () => {
    clients.sessionUp('s2', 'app')
    expect(call('app', 's2')).toBe(client)
    await done()
    expect(call('app', 's2')).toBe(client)
    expect(left('app')).toBe('up')
  })

  test('it may come back and go again: it is purged once more', async () => {
    clients.globalPurgeTime = 'never'
    clients.sessionUp('s2', 'app')
    client.belongings.set('tunnels', () => void purged.push('tunnels'))
    clients.sessionDown('s2')
    await done()
    expect(clients.find('app')).toBe(client)
    clients.globalPurgeTime = 1
    await clock.advance(1000)
    expect(purged).toEqual(['app', 'tunnels', 'app'])
    expect([...clients]).toEqual([])
  })

  test('another purge time does not bring it back', async () => {
    clients.globalPurgeTime = 1
    await done()
    expect([...clients]).toEqual([])
    clients.sessionUp('s2', 'app')
    call('app', 's2')
    await clock.advance(PURGE)
    expect(purged).toEqual(['app'])
  })

  test('it is remembered as long as something else is being removed for it', async () => {
    client.cleaning++
    await done()
    expect(call('app', 's2')).toBe(client)
  })
})

test('whatever is said in whatever order: who has a live session is up, and everybody else is purged in the end', async () => {
  const name = fc.constantFrom('a', 'b', 'c')
  const session = fc.nat({ max: 5 }).map(number => `s${number}`)
  const step = fc.oneof(
    fc.record({ call: name, session }),
    fc.record({ up: name, session }),
    fc.record({ down: session }),
    fc.record({ jsdDown: fc.constant(true) }),
    fc.record({ advance: fc.constantFrom(1, AHEAD, PURGE) }),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async steps => {
      clock = new ManualClock()
      clients = new Clients({ clock, removeRoutes: async () => {} })
      const live = new Map<string, string>()
      for (const one of steps) {
        if ('call' in one) call(one.call, one.session)
        else if ('up' in one) {
          live.set(one.session, one.up)
          clients.sessionUp(one.session, one.up)
        } else if ('down' in one) {
          live.delete(one.down)
          clients.sessionDown(one.down)
        } else if ('jsdDown' in one) {
          live.clear()
          clients.allDown()
        } else await clock.advance(one.advance)
      }
      await clock.advance(AHEAD)
      for (const client of clients) expect(client.up).toBe([...live.values()].includes(client.id))
      await clock.advance(PURGE)
      for (const client of clients) expect(client.up).toBe(true)
    }),
  )
})
