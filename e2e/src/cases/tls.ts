import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from 'node:tls'
import { describe, expect, test } from 'vitest'
import { commit } from '../clients/configuration.ts'
import { JetApplication, letThrough } from '../clients/jet.ts'
import { ssh } from '../clients/ssh.ts'
import type { DeviceOf } from '../device.ts'
import { split } from '../device.ts'

const grpc = 'system services extension-service request-response grpc'

/** An RSA key and a certificate for 127.0.0.1 that signs itself, as openssl makes them. */
function certificate() {
  const folder = mkdtempSync(join(tmpdir(), 'hangar-tls-'))
  const [key, crt] = [join(folder, 'key.pem'), join(folder, 'crt.pem')]
  const request = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=hangar']
  const files = ['-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', key, '-out', crt]
  execFileSync('openssl', [...request, ...files], { stdio: 'pipe' })
  // On a router, one statement holds certificate and key; line ends are written \n there.
  const pem = readFileSync(crt, 'utf8') + readFileSync(key, 'utf8')
  return { file: crt, pem, statement: `security certificates local jet "${pem.replaceAll('\n', '\\n')}"` }
}

export function tlsCases(device: DeviceOf): void {
  describe('TLS', () => {
    test('a listener with a local certificate; nothing below TLS 1.2, nothing in clear', async () => {
      const { endpoints } = device()
      const { file, statement } = certificate()
      await commit(
        endpoints.ssh,
        `set ${statement}`,
        `delete ${grpc} clear-text`,
        `set ${grpc} ssl port 32767`,
        `set ${grpc} ssl local-certificate jet`,
      )
      await using app = new JetApplication(endpoints.grpc, file)
      expect(await app.session('secure')).toEqual({ code: 'OK', result: true })
      expect(await app.probe('secure')).toEqual(letThrough)
      const { output } = await ssh(endpoints.ssh, 'show extension-service request-response servers')
      expect(output).toMatch(/Port: 32767\n {2}Status: Up, Type: SSL\n/)
      await using clear = new JetApplication(endpoints.grpc)
      expect(await clear.session('clear')).toMatchObject({ code: 'UNAVAILABLE' })
      expect(await handshake(endpoints.grpc, 'TLSv1.1')).toMatch(/alert|protocol version|unsupported|reset|closed/i)
      expect(await handshake(endpoints.grpc, 'TLSv1.2')).toBe('TLSv1.2')
      expect(await handshake(endpoints.grpc, 'TLSv1.3')).toBe('TLSv1.3')
    })

    test('a certificate that is not there fails the commit, and the listener stays', async () => {
      const { endpoints } = device()
      await using app = new JetApplication(endpoints.grpc)
      await app.session('stays')
      await expect(
        commit(endpoints.ssh, `delete ${grpc} clear-text`, `set ${grpc} ssl local-certificate missing`),
      ).rejects.toThrow(/missing/)
      await ssh(endpoints.ssh, undefined, 'configure\nrollback 0\nexit\nexit\n')
      expect(await app.probe('stays')).toEqual(letThrough)
    })
  })
}

/** The protocol that was agreed on, or how the handshake failed. Old versions need OpenSSL's lowest security level. */
function handshake(endpoint: string, version: 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3'): Promise<string> {
  const options = { minVersion: version, maxVersion: version, rejectUnauthorized: false, ciphers: 'DEFAULT@SECLEVEL=0' }
  return new Promise(resolve => {
    const socket = connect({ ...split(endpoint), ...options, ALPNProtocols: ['h2'] })
    socket.once('secureConnect', () => {
      resolve(socket.getProtocol() ?? 'none')
      socket.destroy()
    })
    socket.once('error', error => resolve(error.message))
    socket.once('close', () => resolve('closed'))
  })
}
