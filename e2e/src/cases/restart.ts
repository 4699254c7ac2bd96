import { describe, expect, test } from 'vitest'
import { commit, configuration } from '../clients/configuration.ts'
import { JetApplication } from '../clients/jet.ts'
import { Subscriber } from '../clients/mqtt.ts'
import { ssh } from '../clients/ssh.ts'
import type { DeviceOf } from '../device.ts'

export function restartCases(device: DeviceOf): void {
  describe('a restart', () => {
    test('keeps what was committed, its history, and nothing that was not', async () => {
      await commit(device().endpoints.ssh, 'set interfaces xe-0/0/2 unit 0 family inet address 10.2.0.1/24')
      await ssh(
        device().endpoints.ssh,
        undefined,
        'configure\nset interfaces xe-0/0/3 description uncommitted\nexit\nyes\nexit\n',
      )
      const before = await configuration(device().endpoints.ssh)
      await device().restart()
      const { endpoints } = device()
      expect(await configuration(endpoints.ssh)).toEqual(before)
      const { output } = await ssh(endpoints.ssh, 'show system commit')
      expect(output).toMatch(/^0 +\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \S+ by jet via cli$/m)
      await using app = new JetApplication(endpoints.grpc)
      expect(await app.session('again')).toMatchObject({ result: true })
      await using subscriber = await Subscriber.to(endpoints.mqtt, '/junos/events/kernel/interfaces/#')
      await commit(endpoints.ssh, 'delete interfaces xe-0/0/2')
      expect((await subscriber.next()).topic).toBe(
        '/junos/events/kernel/interfaces/ifa/delete/xe-0/0/2.0/inet/10.2.0.1/32',
      )
    })
  })
}
