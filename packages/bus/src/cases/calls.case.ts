import { create } from '@bufbuild/protobuf'
import { Code, ConnectError } from '@connectrpc/connect'
import { CountResponseSchema, EchoRequestSchema, Probe } from '@hangar/protocol/hangar/bus/v1/probe_pb'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { all, type BackEnd, type Network, numbers, pair, probe, Signal } from './network.ts'

/** Calls of every kind: values, errors, metadata, deadlines, cancellation. */
export function callCases(backEnd: BackEnd): void {
  describe(`${backEnd.name}: calls`, () => {
    let network: Network
    beforeEach(async () => {
      network = await backEnd.open()
    })
    afterEach(() => network.close())

    test('unary', async () => {
      const { client } = await pair(network)
      const answer = await client.echo({ text: 'hello', payload: new Uint8Array([1, 2, 3]) })
      expect(answer.$typeName).toBe('hangar.bus.v1.EchoResponse')
      expect(answer.text).toBe('hello')
      expect([...answer.payload]).toEqual([1, 2, 3])
    })

    test('a message may be given in place of an init', async () => {
      const { client } = await pair(network)
      expect((await client.echo(create(EchoRequestSchema, { text: 'made' }))).text).toBe('made')
    })

    test('server stream', async () => {
      const { client } = await pair(network)
      const answers = await all(client.count({ from: 1, to: 5 }))
      expect(answers.map(answer => answer.number)).toEqual([1, 2, 3, 4, 5])
    })

    test('a stream without messages ends', async () => {
      const { client } = await pair(network)
      expect(await all(client.count({ from: 1, to: 0 }))).toEqual([])
      expect((await client.collect(numbers(1, 0))).messages).toBe(0)
    })

    test('client stream', async () => {
      const { client } = await pair(network)
      const { messages, sum } = await client.collect(numbers(1, 100))
      expect([messages, sum]).toEqual([100, 5050n])
    })

    test('both ways, each message an answer to the one before', async () => {
      const { client } = await pair(network)
      let answered = new Signal<string>()
      async function* questions() {
        for (let turn = 0; turn < 5; turn += 1) {
          yield { text: `q${turn}` }
          expect(await answered.promise).toBe(`q${turn}!`)
          answered = new Signal()
        }
      }
      const heard = []
      for await (const { text } of client.converse(questions())) {
        heard.push(text)
        answered.give(text)
      }
      expect(heard).toEqual(['q0!', 'q1!', 'q2!', 'q3!', 'q4!'])
    })

    test('10,000 messages each way, in order', async () => {
      const { client } = await pair(network)
      let next = 1
      for await (const { number } of client.count({ from: 1, to: 10_000 })) {
        expect(number).toBe(next)
        next += 1
      }
      expect(next).toBe(10_001)
      expect((await client.collect(numbers(1, 10_000))).sum).toBe(50_005_000n)
    })

    test('5 MB in a message', async () => {
      const { client } = await pair(network)
      const payload = new Uint8Array(5 * 1024 * 1024).map((_, index) => index % 251)
      expect(Buffer.compare((await client.echo({ payload })).payload, payload)).toBe(0)
      const answers = await all(client.count({ from: 1, to: 3, size: payload.length }))
      expect(answers.map(answer => answer.payload.length)).toEqual([payload.length, payload.length, payload.length])
    })

    test('a thousand calls at a time', async () => {
      const { client } = await pair(network)
      const texts = Array.from({ length: 1000 }, (_, index) => `call ${index}`)
      const answers = await Promise.all(texts.map(text => client.echo({ text })))
      expect(answers.map(answer => answer.text)).toEqual(texts)
    })

    test('a daemon may call itself', async () => {
      const { b } = await pair(network)
      expect((await b.client('b', Probe).echo({ text: 'me' })).text).toBe('me')
    })

    test('an error arrives with code, text, details and metadata', async () => {
      const { client } = await pair(network, {
        echo() {
          throw new ConnectError('no route', Code.NotFound, { reason: 'table', place: 'inet.0' }, [
            { desc: CountResponseSchema, value: { number: 7 } },
          ])
        },
      })
      const error = await failure(client.echo({}))
      expect([error.code, error.rawMessage]).toEqual([Code.NotFound, 'no route'])
      expect(error.metadata.get('reason')).toBe('table')
      expect(error.metadata.get('place')).toBe('inet.0')
      expect(error.findDetails(CountResponseSchema).map(detail => detail.number)).toEqual([7])
    })

    test('an error may be large', async () => {
      const details = [{ desc: CountResponseSchema, value: { payload: new Uint8Array(2_000_000) } }]
      const large = () => new ConnectError('large', Code.DataLoss, undefined, details)
      const { client } = await pair(network, {
        echo() {
          throw large()
        },
        async *count() {
          yield { number: 1 }
          throw large()
        },
      })
      for (const error of [await failure(client.echo({})), await failure(all(client.count({})))]) {
        expect(error.code).toBe(Code.DataLoss)
        expect(error.findDetails(CountResponseSchema)[0]!.payload.length).toBe(2_000_000)
      }
    })

    test('anything thrown is an error of Code.Internal', async () => {
      const { client } = await pair(network, {
        echo: async ({ text }) => {
          // oxlint-disable-next-line no-throw-literal -- that is the case
          if (text === 'string') throw 'just text'
          throw new TypeError('a defect')
        },
      })
      const error = await failure(client.echo({ text: 'string' }))
      expect([error.code, error.rawMessage]).toEqual([Code.Internal, 'just text'])
      expect((await failure(client.echo({}))).rawMessage).toBe('a defect')
    })

    test('a stream fails after the messages that came before', async () => {
      const { client } = await pair(network, {
        async *count() {
          yield { number: 1 }
          yield { number: 2 }
          throw new ConnectError('enough', Code.Aborted)
        },
      })
      const heard: number[] = []
      const error = await failure(
        (async () => {
          for await (const { number } of client.count({})) heard.push(number)
        })(),
      )
      expect([heard, error.code, error.rawMessage]).toEqual([[1, 2], Code.Aborted, 'enough'])
    })

    test('a source of requests that fails ends the call at both ends', async () => {
      const ended = new Signal<ConnectError>()
      const { client } = await pair(network, {
        async collect(requests) {
          try {
            return await probe.collect(requests, undefined as never)
          } catch (error) {
            ended.give(error as ConnectError)
            throw error
          }
        },
      })
      async function* broken() {
        yield { number: 1 }
        throw new ConnectError('source failed', Code.DataLoss)
      }
      expect((await failure(client.collect(broken()))).code).toBe(Code.DataLoss)
      expect((await ended.promise).code).toBe(Code.DataLoss)
    })

    test('headers and trailers travel', async () => {
      const { client } = await pair(network, {
        echo(_, context) {
          context.responseHeader.set('answer', `to ${context.requestHeader.get('question')}`)
          context.responseTrailer.set('done', 'yes')
          return {}
        },
        async *count(_, context) {
          context.responseHeader.set('answer', `to ${context.requestHeader.get('question')}`)
          yield { number: 1 }
          context.responseTrailer.set('done', 'yes')
        },
      })
      const heard: (string | null)[] = []
      const options = {
        headers: { question: '42' },
        onHeader: (headers: Headers) => heard.push(headers.get('answer')),
        onTrailer: (headers: Headers) => heard.push(headers.get('done')),
      }
      await client.echo({}, options)
      await all(client.count({}, options))
      expect(heard).toEqual(['to 42', 'yes', 'to 42', 'yes'])
    })

    test('a daemon, or a service, that is not there: Unavailable at once', async () => {
      const a = await network.connect('a')
      expect((await failure(a.client('b', Probe).echo({}))).code).toBe(Code.Unavailable)
      expect((await failure(all(a.client('b', Probe).count({})))).code).toBe(Code.Unavailable)
      expect((await failure(a.client('b', Probe).collect(numbers(1, 3)))).code).toBe(Code.Unavailable)
      await network.connect('b')
      expect((await failure(a.client('b', Probe).echo({}))).code).toBe(Code.Unavailable)
    })

    test('a method that a service leaves out: Unimplemented', async () => {
      const a = await network.connect('a')
      const b = await network.connect('b')
      await b.serve(Probe, { echo: probe.echo } as typeof probe)
      expect((await failure(all(a.client('b', Probe).count({})))).code).toBe(Code.Unimplemented)
      expect((await a.client('b', Probe).echo({ text: 'still' })).text).toBe('still')
    })

    test('a deadline ends the call at both ends', async () => {
      const reasons: Promise<unknown>[] = []
      const left: (number | undefined)[] = []
      const aborted = (context: { signal: AbortSignal; timeoutMs(): number | undefined }) => {
        left.push(context.timeoutMs())
        const reason = new Promise<never>((_, reject) => {
          context.signal.addEventListener('abort', () => reject(context.signal.reason))
        })
        reasons.push(reason.catch(error => error.code))
        return reason
      }
      const { client } = await pair(network, {
        echo: (_, context) => aborted(context),
        async *count(_, context) {
          yield { number: 1 }
          await aborted(context)
        },
      })
      expect((await failure(client.echo({}, { timeoutMs: 60 }))).code).toBe(Code.DeadlineExceeded)
      expect((await failure(all(client.count({}, { timeoutMs: 60 })))).code).toBe(Code.DeadlineExceeded)
      expect(await Promise.all(reasons)).toEqual([Code.DeadlineExceeded, Code.DeadlineExceeded])
      for (const ms of left) expect(ms).toBeLessThanOrEqual(60)
      expect((await failure(client.echo({}, { timeoutMs: 0 }))).code).toBe(Code.DeadlineExceeded)
    })

    test('an aborted signal ends the call at both ends', async () => {
      const begun = new Signal()
      const reason = new Signal<ConnectError>()
      const { client } = await pair(network, {
        echo(_, { signal }) {
          signal.addEventListener('abort', () => reason.give(signal.reason))
          begun.give()
          return new Promise(() => {})
        },
      })
      const controller = new AbortController()
      const answer = failure(client.echo({}, { signal: controller.signal }))
      await begun.promise
      controller.abort()
      expect((await answer).code).toBe(Code.Canceled)
      expect((await reason.promise).code).toBe(Code.Canceled)
      expect((await failure(client.echo({}, { signal: controller.signal }))).code).toBe(Code.Canceled)
    })

    test('a reader that stops early cancels the writer', async () => {
      const stopped = new Signal<boolean>()
      const { client } = await pair(network, {
        async *count(_, { signal }) {
          try {
            for (let number = 1; ; number += 1) yield { number }
          } finally {
            stopped.give(signal.aborted)
          }
        },
      })
      for await (const { number } of client.count({})) if (number === 10) break
      expect(await stopped.promise).toBe(true)
    })

    test('an aborted signal ends a stream whose writer waits', async () => {
      const { client } = await pair(network, {
        async *count(_, { signal }) {
          yield { number: 1 }
          await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
        },
      })
      const controller = new AbortController()
      const answers = client.count({}, { signal: controller.signal })[Symbol.asyncIterator]()
      await answers.next()
      controller.abort()
      expect((await failure(answers.next())).code).toBe(Code.Canceled)
    })

    test('a handler that reads no further stops the source', async () => {
      const stopped = new Signal()
      const { client } = await pair(network, {
        async collect(requests) {
          for await (const { number } of requests) if (number === 3) break
          return { messages: 3 }
        },
      })
      async function* endless() {
        try {
          yield* numbers(1, Number.POSITIVE_INFINITY)
        } finally {
          stopped.give()
        }
      }
      expect((await client.collect(endless())).messages).toBe(3)
      await stopped.promise
    })
  })
}

/** What a promise was rejected with: nothing but a ConnectError will do. */
export async function failure(promise: Promise<unknown>): Promise<ConnectError> {
  const error = await promise.then(
    () => new Error('it did not fail'),
    error => error,
  )
  expect(error).toBeInstanceOf(ConnectError)
  return error
}
