import { describe, expect, test } from 'vitest'
import { commit } from '../clients/configuration.ts'
import { type Message, Subscriber } from '../clients/mqtt.ts'
import { openShell } from '../clients/ssh.ts'
import type { DeviceOf } from '../device.ts'

const interfaces = '/junos/events/kernel/interfaces'
const lesson = 'set interfaces xe-0/0/0 unit 0 family inet address 192.168.10.1/24'

/** Recorded in public: event of that commit on a vQFX 17.4, with time, name and generation number as they come. */
const recorded =
  /^{\n {4}"jet-event": {\n {8}"event-id": "KERNEL_EVENT_IFA_ADD",\n {8}"hostname": "[\w.-]+",\n {8}"time": "\d{4}-\d\d-\d\d-\d\d:\d\d:\d\d",\n {8}"severity": "INFO",\n {8}"facility": "KERNEL",\n {8}"attributes": {\n {12}"name": "xe-0\/0\/0",\n {12}"subunit": 0,\n {12}"family": "inet",\n {12}"local-address": "192.168.10.1\/32",\n {12}"destination-address": "192.168.10.0\/24",\n {12}"broadcast-address": "192.168.10.255\/32",\n {12}"generation-number": \d+,\n {12}"flags": 192\n {8}}\n {4}}\n}\s*$/

export function notificationCases(device: DeviceOf): void {
  describe('notifications', () => {
    test("the lesson's subscriber gets one message for its address, as recorded", async () => {
      const { endpoints } = device()
      await using subscriber = await Subscriber.to(endpoints.mqtt, `${interfaces}/ifa/add/#`)
      await commit(endpoints.ssh, lesson)
      const messages = await subscriber.until(`${interfaces}/ifa/add/mark`)
      expect(messages).toEqual([
        {
          topic: `${interfaces}/ifa/add/xe-0/0/0.0/inet/192.168.10.1/32`,
          retain: 0,
          payload: expect.stringMatching(recorded),
        },
      ])
    })

    test('the interface, its unit and its family are reported before their address, and taken down after it', async () => {
      const { endpoints } = device()
      await using subscriber = await Subscriber.to(endpoints.mqtt, '/junos/events/kernel/interfaces/#')
      await commit(endpoints.ssh, lesson)
      expect(topicsOf(await subscriber.until('/junos/events/kernel/interfaces/mark'))).toEqual([
        `${interfaces}/ifd/change/xe-0/0/0`,
        `${interfaces}/ifl/add/xe-0/0/0.0`,
        `${interfaces}/iff/add/xe-0/0/0.0/inet`,
        `${interfaces}/ifa/add/xe-0/0/0.0/inet/192.168.10.1/32`,
      ])
      await commit(endpoints.ssh, 'delete interfaces xe-0/0/0')
      expect(topicsOf(await subscriber.until('/junos/events/kernel/interfaces/mark'))).toEqual([
        `${interfaces}/ifa/delete/xe-0/0/0.0/inet/192.168.10.1/32`,
        `${interfaces}/iff/delete/xe-0/0/0.0/inet`,
        `${interfaces}/ifl/delete/xe-0/0/0.0`,
        `${interfaces}/ifd/change/xe-0/0/0`,
      ])
    })

    test('topics and event ids say the same, and the kernel has its own severity and facility', async () => {
      const { endpoints } = device()
      await using subscriber = await Subscriber.to(endpoints.mqtt, '/junos/events/kernel/interfaces/#')
      await commit(endpoints.ssh, lesson)
      const messages = await subscriber.until('/junos/events/kernel/interfaces/mark')
      const events = messages.map(message => JSON.parse(message.payload)['jet-event'])
      expect(events.map(event => event['event-id'])).toEqual([
        'KERNEL_EVENT_IFD_CHANGE',
        'KERNEL_EVENT_IFL_ADD',
        'KERNEL_EVENT_IFF_ADD',
        'KERNEL_EVENT_IFA_ADD',
      ])
      for (const event of events) expect(event).toMatchObject({ severity: 'INFO', facility: 'KERNEL' })
      const [ifd, ifl, iff] = events.map(event => event.attributes)
      expect(Object.keys(ifd)).toEqual(['name', 'snmp-id', 'flags'])
      expect(Object.keys(ifl)).toEqual(['name', 'subunit', 'snmp-id', 'flags'])
      expect(Object.keys(iff)).toEqual(['name', 'subunit', 'family', 'table-name', 'flags'])
      expect(ifl).toMatchObject({ name: 'xe-0/0/0', subunit: 0, 'snmp-id': expect.any(Number) })
      expect(iff).toMatchObject({ name: 'xe-0/0/0', subunit: 0, family: 'inet', 'table-name': 'inet.0' })
    })

    test('a commit that changes nothing emits nothing', async () => {
      const { endpoints } = device()
      await commit(endpoints.ssh, lesson)
      await using subscriber = await Subscriber.to(endpoints.mqtt, '/junos/events/kernel/#')
      await commit(endpoints.ssh)
      await commit(endpoints.ssh, lesson)
      await commit(endpoints.ssh, 'delete interfaces xe-0/0/0', lesson)
      expect(await subscriber.until('/junos/events/kernel/mark')).toEqual([])
    })

    test('a subscriber that comes after the event does not get it', async () => {
      const { endpoints } = device()
      await commit(endpoints.ssh, lesson)
      await using subscriber = await Subscriber.to(endpoints.mqtt, '/junos/events/kernel/#')
      expect(await subscriber.until('/junos/events/kernel/mark')).toEqual([])
    })

    test('a commit and the commands that led to it are system log events', async () => {
      const { endpoints } = device()
      await using subscriber = await Subscriber.to(endpoints.mqtt, '/junos/events/syslog/#')
      await commit(endpoints.ssh, 'set interfaces xe-0/0/1 description "to the lab"')
      const events = (await subscriber.until('/junos/events/syslog/mark')).map(message => ({
        topic: message.topic,
        ...JSON.parse(message.payload)['jet-event'],
      }))
      expect(events.find(event => event['event-id'] === 'UI_COMMIT_COMPLETED')).toMatchObject({
        topic: '/junos/events/syslog/UI_COMMIT_COMPLETED',
        'process-name': 'mgd',
        'process-id': expect.any(Number),
        message: expect.stringContaining('commit complete'),
      })
      const commands = events.filter(event => event['event-id'] === 'UI_CMDLINE_READ_LINE')
      expect(commands.map(event => event.attributes)).toContainEqual({ username: 'jet', command: 'commit and-quit ' })
    })

    test('a login at a terminal is the recorded LOGIN_INFORMATION', async () => {
      const { endpoints } = device()
      const topic = '/junos/events/syslog/LOGIN_INFORMATION'
      await using subscriber = await Subscriber.to(endpoints.mqtt, topic)
      await (await openShell(endpoints.ssh)).close()
      const { payload } = await subscriber.next()
      const text = String.raw`"LOGIN_INFORMATION: User jet logged in from host [\d.:a-f]+ on device pts\\/\d+"`
      expect(payload).toMatch(new RegExp(`"process-name":"login",\n +"message": ${text},`))
      const event = JSON.parse(payload)['jet-event']
      expect(event).toMatchObject({ 'event-id': 'LOGIN_INFORMATION', severity: 'info', facility: 'auth' })
      expect(Object.entries(event.attributes)).toEqual([
        ['username', 'jet'],
        ['hostname', expect.stringMatching(/^[\d.:a-f]+$/)],
        ['tty-name', expect.stringMatching(/^pts\/\d+$/)],
      ])
    })
  })
}

function topicsOf(messages: readonly Message[]): string[] {
  return messages.map(message => message.topic)
}
