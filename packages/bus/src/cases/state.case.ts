import { create } from '@bufbuild/protobuf'
import { Code, ConnectError } from '@connectrpc/connect'
import { Kernel, type PhysicalInterface, PhysicalInterfaceSchema } from '@hangar/protocol/hangar/kernel/v1/kernel_pb'
import { seededRandom, silentLogger, systemClock } from '@hangar/runtime'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Bus } from '../bus.ts'
import { StateOwner } from '../state/owner.ts'
import { watchState } from '../state/replica.ts'
import { type BackEnd, Heard, type Network } from './network.ts'

/** A state that one daemon owns and another holds a copy of. */
export function stateCases(backEnd: BackEnd): void {
  describe(`${backEnd.name}: watched state`, () => {
    let network: Network
    beforeEach(async () => {
      network = await backEnd.open()
    })
    afterEach(() => network.close())

    test('a snapshot, SYNCED, then the changes', async () => {
      const { state } = await serveInterfaces(await network.connect('kernel'))
      put(state, 'xe-0/0/0', 1)
      put(state, 'xe-0/0/1', 2)
      const { heard, replica } = watch(await network.connect('rpd'))
      await replica.ready
      expect(heard.values).toEqual(['put xe-0/0/0 1', 'put xe-0/0/1 2', 'synced'])
      put(state, 'xe-0/0/1', 3)
      state.delete('xe-0/0/0')
      put(state, 'lo0', 4)
      await heard.until(values => values.length === 6)
      expect(heard.values.slice(3)).toEqual(['put xe-0/0/1 3 was 2', 'delete xe-0/0/0 1', 'put lo0 4'])
      expect([...replica.values.keys()]).toEqual(['xe-0/0/1', 'lo0'])
      await replica[Symbol.asyncDispose]()
    })

    test('an owner that starts after its watcher is found, without a wait', async () => {
      const { heard, replica } = watch(await network.connect('rpd'), { first: 60_000, longest: 60_000 })
      const kernel = await network.connect('kernel')
      const { state } = await serveInterfaces(kernel)
      put(state, 'xe-0/0/0', 1)
      await kernel.announce({})
      await replica.ready
      expect(heard.values).toEqual(['put xe-0/0/0 1', 'synced'])
      await replica[Symbol.asyncDispose]()
    })

    test('an owner that died and came back: what it no longer holds is swept', async () => {
      const kernel = await network.connect('kernel')
      const { state } = await serveInterfaces(kernel)
      put(state, 'xe-0/0/0', 1)
      put(state, 'xe-0/0/1', 2)
      const { heard, replica } = watch(await network.connect('rpd'))
      await replica.ready
      await network.kill('kernel')
      expect(replica.values.size).toBe(2)
      const again = await network.connect('kernel')
      const next = await serveInterfaces(again)
      put(next.state, 'xe-0/0/1', 2)
      put(next.state, 'lo0', 9)
      await again.announce({})
      await heard.until(values => values.filter(value => value === 'synced').length === 2)
      expect(heard.values.slice(3)).toEqual(['put xe-0/0/1 2 was 2', 'put lo0 9', 'delete xe-0/0/0 1', 'synced'])
      expect([...replica.values.keys()].sort()).toEqual(['lo0', 'xe-0/0/1'])
      expect(replica.synced).toBe(true)
      await replica[Symbol.asyncDispose]()
    })

    test('a stream that ends, or skips, is opened again', async () => {
      const kernel = await network.connect('kernel')
      const { state, control } = await serveInterfaces(kernel)
      put(state, 'xe-0/0/0', 1)
      control.skip = true
      const { heard, replica } = watch(await network.connect('rpd'))
      await replica.ready
      expect(control.opened).toBe(2)
      control.end.abort()
      await heard.until(values => values.filter(value => value === 'synced').length === 2)
      expect(control.opened).toBe(3)
      expect([...replica.values.keys()]).toEqual(['xe-0/0/0'])
      await replica[Symbol.asyncDispose]()
    })

    test('a watcher that leaves costs the owner nothing', async () => {
      const kernel = await network.connect('kernel')
      const { state, control } = await serveInterfaces(kernel)
      const { replica } = watch(await network.connect('rpd'))
      await replica.ready
      expect(state.watchers).toBe(1)
      await replica[Symbol.asyncDispose]()
      await control.ended.until(values => values.length === 1)
      expect(state.watchers).toBe(0)
    })
  })
}

function put(state: StateOwner<PhysicalInterface>, name: string, index: number): void {
  state.put(name, create(PhysicalInterfaceSchema, { name, index }))
}

/** `skip`: the next stream leaves out its first message. `end`: ends the streams that are open. */
async function serveInterfaces(bus: Bus) {
  const state = new StateOwner<PhysicalInterface>({ incarnation: bus.incarnation })
  const control = { skip: false, opened: 0, end: new AbortController(), ended: new Heard<void>() }
  await bus.serve(Kernel, {
    configureInterfaces: () => ({}),
    setCarrier: () => ({}),
    programForwarding: () => ({}),
    async *watchInterfaces(_, { signal }) {
      control.opened += 1
      try {
        for await (const { mark, key, value } of state.watch(AbortSignal.any([signal, control.end.signal]))) {
          if (control.skip) {
            control.skip = false
            continue
          }
          yield { mark, name: key, ...(value ? { interface: value } : {}) }
        }
        if (control.end.signal.aborted) {
          control.end = new AbortController()
          throw new ConnectError('told to', Code.Aborted)
        }
      } finally {
        control.ended.add()
      }
    },
  })
  return { state, control }
}

function watch(bus: Bus, retry = { first: 5, longest: 20 }) {
  const heard = new Heard<string>()
  const client = bus.client('kernel', Kernel)
  const replica = watchState({
    bus,
    daemon: 'kernel',
    clock: systemClock,
    random: seededRandom(1),
    log: silentLogger,
    retry,
    open: signal => client.watchInterfaces({}, { signal }),
    read: ({ mark, name, interface: value }) => ({ mark, key: name, value }),
    onPut: (key, { index }, previous) => heard.add(`put ${key} ${index}${previous ? ` was ${previous.index}` : ''}`),
    onDelete: (key, { index }) => heard.add(`delete ${key} ${index}`),
    onSynced: () => heard.add('synced'),
  })
  return { heard, replica }
}
