import { Mark_Kind } from '@hangar/protocol/hangar/bus/v1/state_pb'
import { ManualClock, seededRandom, silentLogger } from '@hangar/runtime'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createMemoryHub } from '../memory/hub.ts'
import { type StateChange, StateOwner } from './owner.ts'
import { watchState } from './replica.ts'

describe('StateOwner', () => {
  test('a watcher that reads slowly gets the newest of each key, at the place of its first change', async () => {
    const state = new StateOwner<number>({ incarnation: 'i' })
    const watch = state.watch()
    expect((await watch.next()).value.mark.kind).toBe(Mark_Kind.SYNCED)
    for (let value = 0; value < 100_000; value += 1) state.put(`key ${value % 3}`, value)
    state.delete('key 1')
    const told = []
    for (let turn = 0; turn < 3; turn += 1) told.push((await watch.next()).value)
    expect(told.map(({ key, value, mark }: StateChange<number>) => [key, value, mark.kind, mark.sequence])).toEqual([
      ['key 0', 99_999, Mark_Kind.PUT, 2n],
      ['key 1', undefined, Mark_Kind.DELETE, 3n],
      ['key 2', 99_998, Mark_Kind.PUT, 4n],
    ])
    await watch.return!()
    expect(state.watchers).toBe(0)
  })

  test('a watch ends with its signal, also one that was aborted before', async () => {
    const state = new StateOwner<number>({ incarnation: 'i' })
    const controller = new AbortController()
    const watch = state.watch(controller.signal)
    await watch.next()
    const waiting = watch.next()
    controller.abort()
    expect((await waiting).done).toBe(true)
    expect((await state.watch(controller.signal).next()).done).toBe(true)
    expect(state.watchers).toBe(0)
  })
})

const change = fc.oneof(
  fc.record({ kind: fc.constant('put' as const), key: fc.integer({ min: 0, max: 5 }) }),
  fc.record({ kind: fc.constant('delete' as const), key: fc.integer({ min: 0, max: 5 }) }),
  fc.record({ kind: fc.constant('turn' as const) }),
  fc.record({ kind: fc.constant('break' as const) }),
  fc.record({ kind: fc.constant('restart' as const) }),
)

test('any order of changes, breaks and restarts: the copy ends as the state, and its listener heard how', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(change, { maxLength: 60 }), async changes => {
      const clock = new ManualClock()
      const world = { clock, random: seededRandom(1), log: silentLogger }
      const bus = createMemoryHub({ device: 'd' }).connect('a', world)
      let incarnation = 1
      let state = new StateOwner<number>({ incarnation: '1' })
      let stream = new AbortController()
      const model = new Map<string, number>()
      const mistakes: string[] = []
      const replica = watchState<StateChange<number>, number>({
        ...world,
        bus,
        daemon: 'owner',
        open: signal => {
          stream = new AbortController()
          return state.watch(AbortSignal.any([signal, stream.signal]))
        },
        read: message => message,
        onPut(key, value, previous) {
          if (model.get(key) !== previous) mistakes.push(`put ${key}`)
          model.set(key, value)
        },
        onDelete(key, previous) {
          if (model.get(key) !== previous) mistakes.push(`delete ${key}`)
          model.delete(key)
        },
      })
      let value = 0
      for (const { kind, ...rest } of changes) {
        const key = 'key' in rest ? String(rest.key) : ''
        value += 1
        if (kind === 'put') state.put(key, value)
        else if (kind === 'delete') state.delete(key)
        else if (kind === 'turn') await clock.advance(10)
        else if (kind === 'break') stream.abort()
        else {
          incarnation += 1
          state = new StateOwner<number>({ incarnation: String(incarnation) })
          stream.abort()
        }
      }
      await clock.advance(5000)
      expect(replica.synced).toBe(true)
      expect(new Map(replica.values)).toEqual(new Map(state))
      expect(model).toEqual(new Map(state))
      expect(mistakes).toEqual([])
      await replica[Symbol.asyncDispose]()
      expect(clock.pending).toBe(0)
    }),
    { numRuns: 200 },
  )
})
