import { describe, expect, test } from 'vitest'
import { commit } from '../clients/configuration.ts'
import { JetApplication, letThrough } from '../clients/jet.ts'
import type { DeviceOf } from '../device.ts'

const ids = Array.from({ length: 8 }, (_, index) => `client-${index + 1}`)

export function sessionCases(device: DeviceOf): void {
  describe('sessions', () => {
    test('eight at the same time; the ninth is refused, disturbs nobody, and gets in when one leaves', async () => {
      const { endpoints } = device()
      await commit(endpoints.ssh, 'set system services extension-service request-response grpc max-connections 8')
      await using app = new JetApplication(endpoints.grpc)
      for (const id of ids) expect(await app.session(id)).toEqual({ code: 'OK', result: true })
      expect(await app.session('ninth')).toMatchObject({ code: 'UNAVAILABLE' })
      for (const id of ids) expect(await app.probe(id)).toEqual(letThrough)
      await app.do('close client-3')
      expect(await app.session('next')).toEqual({ code: 'OK', result: true })
      expect(await app.session('tenth')).toMatchObject({ code: 'UNAVAILABLE' })
    })

    test('a session goes on through commits that are not about its listener', async () => {
      const { endpoints } = device()
      await using app = new JetApplication(endpoints.grpc)
      await app.session('a')
      await commit(endpoints.ssh, 'set interfaces xe-0/0/2 description other')
      expect(await app.login('a', 'a')).toMatchObject({ code: expect.any(String) })
      expect(await app.probe('a')).toEqual(letThrough)
    })
  })
}
