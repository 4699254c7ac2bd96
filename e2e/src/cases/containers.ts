import { describe, expect, test } from 'vitest'
import { commit } from '../clients/configuration.ts'
import { JetApplication, letThrough } from '../clients/jet.ts'
import { Subscriber } from '../clients/mqtt.ts'
import type { DeviceOf } from '../device.ts'
import { type ComposedDevice, containers } from '../ways/compose.ts'

export function containerCases(device: DeviceOf<ComposedDevice>): void {
  describe('a container that dies', () => {
    test.each(containers)('%s: it comes back and the device works', async container => {
      await device().killAndStart(container)
      const { endpoints } = device()
      await using app = new JetApplication(endpoints.grpc)
      expect(await app.session('after')).toEqual({ code: 'OK', result: true })
      expect(await app.probe('after')).toEqual(letThrough)
      await using subscriber = await Subscriber.to(endpoints.mqtt, '/junos/events/kernel/interfaces/#')
      await commit(endpoints.ssh, 'set interfaces xe-0/0/0 unit 0 family inet address 192.168.10.1/24')
      await heard(subscriber)
    })

    test('a session and a subscriber live through the death of daemons that are not theirs', async () => {
      const { endpoints } = device()
      await using app = new JetApplication(endpoints.grpc)
      await app.session('stays')
      await using subscriber = await Subscriber.to(endpoints.mqtt, '/junos/events/kernel/interfaces/#')
      for (const container of ['kernel', 'dcd', 'rpd', 'eventd'] as const) await device().killAndStart(container)
      expect(await app.probe('stays')).toEqual(letThrough)
      await commit(device().endpoints.ssh, 'set interfaces xe-0/0/0 unit 0 family inet address 192.168.10.1/24')
      await heard(subscriber)
    })
  })
}

/** Waits for the event of the address. Shortly after a death it may come some time after `commit complete`. */
async function heard(subscriber: Subscriber): Promise<void> {
  const wanted = '/junos/events/kernel/interfaces/ifa/add/xe-0/0/0.0/inet/192.168.10.1/32'
  for (;;) if ((await subscriber.next()).topic === wanted) return
}
