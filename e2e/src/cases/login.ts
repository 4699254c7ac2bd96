import { describe, expect, test } from 'vitest'
import { JetApplication, letThrough } from '../clients/jet.ts'
import { ssh } from '../clients/ssh.ts'
import type { DeviceOf } from '../device.ts'

const notAuthorized = { code: 'UNKNOWN', details: 'Authorization failed' }
const inUse = (id: string) => ({ code: 'INVALID_ARGUMENT', details: `JGrpcServer: Client Id ${id} already exists` })

export function loginCases(device: DeviceOf): void {
  describe('login', () => {
    test('classic: right, wrong, and without any', async () => {
      await using app = new JetApplication(device().endpoints.grpc)
      await app.do('open a')
      expect(await app.do('call a /routing.Rib/RouteAdd')).toEqual(notAuthorized)
      expect(await app.login('a', 'app', 'wrong')).toEqual({ code: 'OK', result: false })
      expect(await app.do('login a app nobody jet123')).toEqual({ code: 'OK', result: false })
      expect(await app.do('call a /routing.Rib/RouteAdd')).toEqual(notAuthorized)
      expect(await app.login('a', 'app')).toEqual({ code: 'OK', result: true })
      expect(await app.probe('a')).toEqual(letThrough)
    })

    test('modern: an answer always has a status', async () => {
      await using app = new JetApplication(device().endpoints.grpc)
      await app.do('open a')
      expect(await app.modernLogin('a', 'app', 'wrong')).toEqual({
        code: 'OK',
        has_status: true,
        status: 1,
        message: expect.stringMatching(/./),
      })
      expect(await app.do('call a /jnx.jet.routing.rib.Rib/RouteAdd')).toEqual(notAuthorized)
      expect(await app.modernLogin('a', 'app')).toMatchObject({ code: 'OK', has_status: true, status: 0 })
      expect(await app.probe('a')).toEqual(letThrough)
    })

    test('a client id in use is refused to the second channel, which logs in with another', async () => {
      await using app = new JetApplication(device().endpoints.grpc)
      await app.session('a', 'same')
      expect(await app.session('b', 'same')).toEqual(inUse('same'))
      expect(await app.modernLogin('b', 'same')).toEqual(inUse('same'))
      expect(await app.probe('b')).toEqual(notAuthorized)
      expect(await app.login('b', 'other')).toEqual({ code: 'OK', result: true })
      expect(await app.probe('a')).toEqual(letThrough)
    })

    test('closing the channel frees its id at once', async () => {
      await using app = new JetApplication(device().endpoints.grpc)
      for (let turn = 0; turn < 10; turn++) {
        expect(await app.session('a', 'same')).toEqual({ code: 'OK', result: true })
        await app.do('close a')
      }
    })

    test('a program that is killed frees its id too', async () => {
      for (let turn = 0; turn < 3; turn++) {
        await using app = new JetApplication(device().endpoints.grpc)
        expect(await app.session('a', 'same')).toEqual({ code: 'OK', result: true })
      }
    })

    test('both generations of the login fill one session', async () => {
      await using app = new JetApplication(device().endpoints.grpc)
      await app.do('open classic')
      await app.do('open modern')
      expect(await app.login('classic', 'one')).toMatchObject({ result: true })
      expect(await app.do('call classic /jnx.jet.no.Such/Method')).toMatchObject({ code: 'UNAVAILABLE' })
      expect(await app.modernLogin('modern', 'one')).toEqual(inUse('one'))
      expect(await app.modernLogin('modern', 'two')).toMatchObject({ status: 0 })
      expect(await app.do('call modern /routing.Rib/NoSuchMethod')).toMatchObject({ code: 'UNAVAILABLE' })
      expect(await app.session('third', 'two')).toEqual(inUse('two'))
      const shown = (await clients(device().endpoints.ssh)).map(row => row.slice(0, 23).trim())
      expect(shown.sort()).toEqual(expect.arrayContaining(['one', 'two']))
      expect(shown.filter(id => id === 'one' || id === 'two')).toHaveLength(2)
    })

    test('metadata with the client id, or with the login itself, is taken as from Go clients and jtimon', async () => {
      await using app = new JetApplication(device().endpoints.grpc)
      await app.session('a', 'app')
      expect(await app.do('call a /no.such.Service/Method client-id=app')).toEqual(letThrough)
      await app.do('open b')
      expect(await app.do('call b /no.such.Service/Method username=jet password=wrong')).toEqual(notAuthorized)
      expect(await app.do('call b /no.such.Service/Method username=jet password=jet123')).toEqual(letThrough)
    })

    test('show extension-service lists the sessions and the server in the recorded form', async () => {
      const { endpoints } = device()
      await using app = new JetApplication(endpoints.grpc)
      await app.session('a', 'my-client-id')
      const [row] = (await clients(endpoints.ssh)).filter(line => line.startsWith('my-client-id '))
      expect(row).toMatch(/^my-client-id {11}ipv[46]:\S+:\d+ +gRPC +.*1$/)
      const { output } = await ssh(endpoints.ssh, 'show extension-service request-response servers')
      expect(output).toMatch(
        /^\n?gRPC server information:\n {2}Max connections: 8, Skip-authentication: Disabled\n\n {2}Address: \S+, Port: 32767\n {2}Status: Up, Type: Clear-text\n/,
      )
      await app.do('close a')
      expect((await clients(endpoints.ssh)).join('\n')).not.toContain('my-client-id')
    })
  })
}

async function clients(endpoint: string): Promise<string[]> {
  const { output } = await ssh(endpoint, 'show extension-service request-response clients')
  return output.split('\n').slice(1)
}
