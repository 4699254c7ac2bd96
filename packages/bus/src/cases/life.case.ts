import { Code } from '@connectrpc/connect'
import { Probe } from '@hangar/protocol/hangar/bus/v1/probe_pb'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { failure } from './calls.case.ts'
import { all, type BackEnd, Heard, type Network, numbers, pair, probe, Signal } from './network.ts'

/** Daemons come, change, leave and die; calls end with them. */
export function lifeCases(backEnd: BackEnd): void {
  describe(`${backEnd.name}: coming and going`, () => {
    let network: Network
    beforeEach(async () => {
      network = await backEnd.open()
    })
    afterEach(() => network.close())

    for (const end of ['kill', 'close'] as const) {
      test(`a server that is gone (${end}) ends what its clients wait for`, async () => {
        const begun = new Signal()
        const { a, b, client } = await pair(network, {
          echo: () => {
            begun.give()
            return new Promise(() => {})
          },
        })
        const stream = client.count({ from: 1, to: 1_000_000 })[Symbol.asyncIterator]()
        await stream.next()
        const answers = [
          failure(client.echo({})),
          failure(client.collect(endless())),
          failure(
            (async () => {
              for (;;) if ((await stream.next()).done) return
            })(),
          ),
        ]
        await begun.promise
        if (end === 'kill') await network.kill('b')
        else await b.close()
        for (const answer of answers) expect((await answer).code).toBe(Code.Unavailable)
        expect((await failure(client.echo({}))).code).toBe(Code.Unavailable)
        await expect(b.serve(Probe, probe)).rejects.toThrow()
        expect((await failure(b.client('a', Probe).echo({}))).code).toBe(Code.Unavailable)
        await a.close()
      })

      test(`a client that is gone (${end}) ends what it had begun`, async () => {
        const reasons = new Heard<Code>()
        const begun = new Heard<string>()
        const { a, client } = await pair(network, {
          echo(_, { signal }) {
            begun.add('echo')
            signal.addEventListener('abort', () => reasons.add(signal.reason.code))
            return new Promise(() => {})
          },
          async *count(_, { signal }) {
            begun.add('count')
            try {
              yield { number: 1 }
              await new Promise(resolve => signal.addEventListener('abort', resolve))
            } finally {
              reasons.add(signal.reason.code)
            }
          },
        })
        void client.echo({}).catch(() => {})
        void all(client.count({})).catch(() => {})
        await begun.until(values => values.length === 2)
        if (end === 'kill') await network.kill('a')
        else await a.close()
        expect(await reasons.until(values => values.length === 2)).toEqual([Code.Unavailable, Code.Unavailable])
      })
    }

    test('a server that starts after its client is found', async () => {
      const a = await network.connect('a')
      const client = a.client('b', Probe)
      expect((await failure(client.echo({}))).code).toBe(Code.Unavailable)
      const b = await network.connect('b')
      await b.serve(Probe, probe)
      expect((await client.echo({ text: 'there' })).text).toBe('there')
    })

    test('members: those who are there, then each change', async () => {
      const a = await network.connect('a')
      const b = await network.connect('b')
      const c = await network.connect('c')
      await b.announce({ title: 'first' })
      const heard = new Heard<string>()
      await c.announce({ title: 'watches' })
      await b
        .client('a', Probe)
        .echo({})
        .catch(() => {})
      const watch = await a.watchMembers({
        up: ({ daemon, title, incarnation }) => heard.add(`up ${daemon} ${title} ${incarnation}`),
        down: (daemon, incarnation) => heard.add(`down ${daemon} ${incarnation}`),
      })
      await heard.until(values => values.length >= 2)
      await b.announce({ title: 'second' })
      await heard.until(values => values.length >= 3)
      await b.close()
      await heard.until(values => values.length >= 4)
      const again = await network.connect('b')
      expect(again.incarnation).not.toBe(b.incarnation)
      await again.announce({ title: 'third' })
      await heard.until(values => values.length >= 5)
      expect(heard.values.slice(0, 2).sort()).toEqual([`up b first ${b.incarnation}`, `up c watches ${c.incarnation}`])
      expect(heard.values.slice(2)).toEqual([
        `up b second ${b.incarnation}`,
        `down b ${b.incarnation}`,
        `up b third ${again.incarnation}`,
      ])
      await watch[Symbol.asyncDispose]()
      await again.close()
      await c.announce({ title: 'unheard' })
      expect(heard.values).toHaveLength(5)
    })

    test('a daemon that dies goes down, and comes back as another incarnation', async () => {
      const a = await network.connect('a')
      const b = await network.connect('b')
      const heard = new Heard<string>()
      await a.watchMembers({
        up: ({ daemon, incarnation }) => heard.add(`up ${daemon} ${incarnation}`),
        down: (daemon, incarnation) => heard.add(`down ${daemon} ${incarnation}`),
      })
      await b.announce({})
      await heard.until(values => values.length === 1)
      await network.kill('b')
      await heard.until(values => values.length === 2)
      const again = await network.connect('b')
      await again.announce({})
      expect(await heard.until(values => values.length === 3)).toEqual([
        `up b ${b.incarnation}`,
        `down b ${b.incarnation}`,
        `up b ${again.incarnation}`,
      ])
    })

    test('what an announcement says arrives whole', async () => {
      const a = await network.connect('a')
      const up = new Signal<{ daemon: string; configuration: string[]; methods: string[] }>()
      await a.watchMembers({
        up: ({ daemon, configuration, jetServices }) =>
          up.give({ daemon, configuration, methods: jetServices.flatMap(service => service.methods.map(m => m.name)) }),
        down: () => {},
      })
      await a.announce({
        daemon: 'somebody else',
        configuration: ['interfaces', 'system services'],
        jetServices: [{ name: 'routing.Rib', methods: [{ name: 'RouteAdd' }] }],
      })
      expect(await up.promise).toEqual({
        daemon: 'a',
        configuration: ['interfaces', 'system services'],
        methods: ['RouteAdd'],
      })
    })

    test('two devices never hear each other', async () => {
      const { client } = await pair(network)
      const elsewhere = await network.otherDevice()
      const stranger = await elsewhere.connect('a')
      const heard: string[] = []
      await stranger.watchMembers({ up: ({ daemon }) => heard.push(daemon), down: daemon => heard.push(daemon) })
      await (await network.connect('c')).announce({})
      expect((await failure(stranger.client('b', Probe).echo({}))).code).toBe(Code.Unavailable)
      const other = await elsewhere.connect('b')
      await other.serve(Probe, { ...probe, echo: () => ({ text: 'of the other device' }) })
      expect((await client.echo({ text: 'mine' })).text).toBe('mine')
      expect((await stranger.client('b', Probe).echo({})).text).toBe('of the other device')
      expect(heard).toEqual([])
      await elsewhere.close()
    })

    test('names that could be parts of a subject are refused', async () => {
      const a = await network.connect('a')
      for (const name of ['', 'a.b', '*', '>', 'a b', 'x'.repeat(65)]) {
        expect(() => a.client(name, Probe)).toThrow(RangeError)
        await expect(network.connect(name)).rejects.toThrow(RangeError)
      }
    })
  })
}

function endless() {
  return numbers(1, Number.POSITIVE_INFINITY)
}
