import { describe, expect, onTestFinished, test } from 'vitest'
import { commit } from '../clients/configuration.ts'
import { readiness, setLink } from '../clients/control.ts'
import { Subscriber } from '../clients/mqtt.ts'
import { ssh } from '../clients/ssh.ts'
import type { DeviceOf } from '../device.ts'

const ifd = '/junos/events/kernel/interfaces/ifd'

export function controlCases(device: DeviceOf): void {
  describe('control', () => {
    test('readiness names every signal and daemon', async () => {
      expect(await readiness(device().endpoints.control)).toMatchObject({
        status: 200,
        ready: true,
        signals: [
          'CONFIG_LOADED',
          'INTERFACES_UP',
          'RIB_SYNCED',
          'FIB_SYNCED',
          'BROKER_LISTENING',
          'EVENTS_FLOWING',
          'JSD_LISTENING',
          'CLI_LISTENING',
          'READY',
        ],
        missing: [],
        daemons: expect.arrayContaining(['control', 'dcd', 'eventd', 'jsd', 'kernel', 'mgd', 'mqttd', 'rpd']),
      })
    })

    test('a cable is pulled and put back: link events, and show interfaces terse', async () => {
      const { endpoints } = device()
      onTestFinished(async () => void (await setLink(endpoints.control, 'xe-0/0/1', true)))
      await commit(endpoints.ssh, 'set interfaces xe-0/0/1 unit 0 family inet address 10.0.1.1/24')
      await using subscriber = await Subscriber.to(endpoints.mqtt, `${ifd}/#`)
      const terse = async () => {
        const { output } = await ssh(endpoints.ssh, 'show interfaces terse xe-0/0/1')
        return output
          .split('\n')
          .slice(1)
          .map(line => line.trimEnd())
      }
      expect(await terse()).toEqual(
        expect.arrayContaining([
          'xe-0/0/1                up    up',
          'xe-0/0/1.0              up    up   inet     10.0.1.1/24',
        ]),
      )
      expect(await setLink(endpoints.control, 'xe-0/0/1', false)).toEqual({ status: 200, body: {} })
      const down = await subscriber.next()
      expect(down.topic).toBe(`${ifd}/change/xe-0/0/1`)
      expect(await terse()).toEqual(
        expect.arrayContaining([
          'xe-0/0/1                up    down',
          'xe-0/0/1.0              up    down inet     10.0.1.1/24',
        ]),
      )
      expect(await setLink(endpoints.control, 'xe-0/0/1', true)).toEqual({ status: 200, body: {} })
      const up = await subscriber.next()
      expect(up.topic).toBe(`${ifd}/change/xe-0/0/1`)
      const flags = [down, up].map(message => JSON.parse(message.payload)['jet-event'].attributes.flags)
      expect(flags[0]).not.toBe(flags[1])
      expect(await terse()).toContain('xe-0/0/1                up    up')
    })

    test('an interface that is disabled is administratively down', async () => {
      const { endpoints } = device()
      await commit(endpoints.ssh, 'set interfaces xe-0/0/2 disable')
      const { output } = await ssh(endpoints.ssh, 'show interfaces terse xe-0/0/2')
      expect(output).toMatch(/^xe-0\/0\/2 {16}down {2}\w+ *$/m)
    })

    test('an interface that is not there, and a request that is none', async () => {
      const { control } = device().endpoints
      expect(await setLink(control, 'xe-9/9/9', false)).toMatchObject({ status: 404, body: { code: 'not_found' } })
      expect(await setLink(control, '', false)).toMatchObject({ status: 400, body: { code: 'invalid_argument' } })
      expect((await fetch(`http://${control}/nothing`)).status).toBe(404)
    })
  })
}
