import { type ConnectionOptions, connect as connectTls } from 'node:tls'
import { credentials, status } from '@grpc/grpc-js'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { one, two } from '../testing/certificates.ts'
import { type Device, startDevice } from '../testing/device.ts'
import { failure, JetClient } from '../testing/jet-client.ts'

const ssl = 'set system services extension-service request-response grpc ssl'
const quoted = (pem: string) => `"${pem.replaceAll('\n', '\\n')}"`
const certificate = (name: string, pem: string) => `set security certificates local ${name} ${quoted(pem)}`
const [certOfOne, certOfTwo] = [one, two].map(pem => Buffer.from(pem.slice(0, pem.indexOf('-----BEGIN PRIVATE'))))

describe('TLS', () => {
  let device: Device
  const clients: JetClient[] = []
  beforeEach(async () => {
    device = await startDevice()
  })
  afterEach(() => {
    for (const client of clients.splice(0)) client.close()
    return device.stop()
  })

  const client = (root: Buffer | undefined, name: string) => {
    const opened = new JetClient(device.endpoint!, credentials.createSsl(root), name)
    clients.push(opened)
    return opened
  }

  it('serves with the configured certificate, from TLS 1.2 on', async () => {
    expect(await device.commit([`${ssl} local-certificate a`, certificate('a', one)])).toEqual([])
    expect(await client(certOfOne, 'jet-one').login('lab', 'lab123', 'app')).toBe(true)
    expect(await device.command('show extension-service request-response servers')).toContain('Type: SSL')
    expect((await failure(client(certOfTwo, 'jet-one').login('lab', 'lab123', 'x'))).code).toBe(status.UNAVAILABLE)
    expect((await failure(device.client().login('lab', 'lab123', 'x'))).code).toBe(status.UNAVAILABLE)
    for (const options of [
      { maxVersion: 'TLSv1.1' as const, minVersion: 'TLSv1' as const, ciphers: 'DEFAULT:@SECLEVEL=0' },
      { ALPNProtocols: ['http/1.1'] },
      {},
    ])
      await handshakeEnds({ ...device.endpoint!, rejectUnauthorized: false, ...options })
  })

  it('chooses among several certificates by the name that the client asks for', async () => {
    const names = `${ssl} local-certificate [ a b ]`
    expect(await device.commit([names, certificate('a', one), certificate('b', two)])).toEqual([])
    expect(await client(certOfOne, 'jet-one').login('lab', 'lab123', 'one')).toBe(true)
    expect(await client(certOfTwo, 'jet-two').login('lab', 'lab123', 'two')).toBe(true)
  })

  it('takes a new certificate: sessions end, or stay with hot-reloading', async () => {
    const lines = (...more: string[]) => [`${ssl} local-certificate a`, ...more]
    await device.commit(lines(certificate('a', one)))
    const first = client(certOfOne, 'jet-one')
    expect(await first.login('lab', 'lab123', 'app')).toBe(true)
    await device.commit(lines(certificate('a', two)))
    expect((await failure(first.login('lab', 'lab123', 'app'))).code).toBe(status.UNAVAILABLE)
    const second = client(certOfTwo, 'jet-two')
    expect(await second.login('lab', 'lab123', 'app')).toBe(true)
    const { port } = device.endpoint!
    await device.commit(lines(`${ssl} hot-reloading`, certificate('a', one)))
    expect(device.endpoint!.port).toBe(port)
    expect(await second.login('lab', 'lab123', 'app')).toBe(true)
    expect(await client(certOfOne, 'jet-one').login('lab', 'lab123', 'again')).toBe(true)
  })

  it('is refused at the check when its certificate does not do', async () => {
    const path = '[edit system services extension-service request-response grpc ssl]'
    expect(await device.commit([`${ssl} port 32767`])).toEqual([
      `${path} local-certificate: A local certificate must be configured for ssl`,
    ])
    expect(await device.commit([`${ssl} local-certificate nope`])).toEqual([
      `${path} local-certificate nope: Certificate nope is not configured at [edit security certificates local]`,
    ])
    const faults = {
      'no PEM certificate': 'nothing of the kind',
      'no PEM private key': String(certOfOne),
      'does not belong to its certificate': certOfOne + two.slice(two.indexOf('-----BEGIN PRIVATE')),
      'certificate cannot be read': one.replace(/MII..../, 'AAAABBBB'),
    }
    for (const [fault, pem] of Object.entries(faults)) {
      const problems = await device.commit([`${ssl} local-certificate a`, certificate('a', pem)])
      expect(problems).toHaveLength(1)
      expect(problems[0]).toContain('[edit security certificates local] a: Certificate a cannot be used: ')
      expect(problems[0]).toContain(fault)
    }
    expect(device.endpoint).toBeUndefined()
  })
})

/** Resolves when the server ends a connection that was never to be served. */
function handshakeEnds(options: ConnectionOptions): Promise<void> {
  return new Promise(resolve => {
    const socket = connectTls(options)
    socket.on('error', () => {})
    socket.on('close', () => resolve())
    socket.resume()
  })
}
