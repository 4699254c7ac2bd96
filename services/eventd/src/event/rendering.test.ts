import { readFileSync } from 'node:fs'
import { create } from '@bufbuild/protobuf'
import { SyslogMessageSchema } from '@hangar/protocol/hangar/eventd/v1/eventd_pb'
import {
  RoutingSocketEvent_Operation as Operation,
  RoutingSocketEventSchema,
} from '@hangar/protocol/hangar/kernel/v1/kernel_pb'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { boundedMessage } from './bounded-message.ts'
import type { DeviceEvent } from './device-event.ts'
import { kernelEvent } from './kernel-event.ts'
import { syslogEvent } from './syslog-event.ts'

/** What a device wrote: the topic on the first line, then the payload byte by byte. */
function recorded(name: string): string {
  return readFileSync(new URL(`./recorded/${name}.txt`, import.meta.url), 'utf8')
}

const written = (event: DeviceEvent, hostname: string) => `${event.topic}\n${event.render(hostname)}`

const ifa = (given: { name?: string; family?: string; localAddress?: string; broadcastAddress?: string } = {}) =>
  create(RoutingSocketEventSchema, {
    operation: Operation.ADD,
    timeMs: BigInt(Date.UTC(2019, 0, 22, 14, 59, 6, 999)),
    object: {
      case: 'ifa',
      value: {
        name: 'xe-0/0/0',
        subunit: 0,
        family: 'inet',
        localAddress: '192.168.10.1/32',
        destinationAddress: '192.168.10.0/24',
        broadcastAddress: '192.168.10.255/32',
        generationNumber: 144n,
        flags: 192,
        ...given,
      },
    },
  })

describe('recorded events', () => {
  it('an address is added', () => {
    expect(written(kernelEvent(ifa())!, 'vqfx')).toBe(recorded('ifa-add'))
  })

  it('a user logs in', () => {
    const message = create(SyslogMessageSchema, {
      timeMs: BigInt(Date.UTC(2017, 9, 29, 20, 14, 5)),
      facility: 'auth',
      severity: 'info',
      process: 'login',
      pid: 13614,
      tag: 'LOGIN_INFORMATION',
      message: 'User lab logged in from host 10.254.0.251 on device pts/1',
      attributes: [
        { name: 'username', value: 'lab' },
        { name: 'hostname', value: '10.254.0.251' },
        { name: 'tty-name', value: 'pts/1' },
      ],
    })
    expect(written(syslogEvent(message), 'vMX-1')).toBe(recorded('login-information'))
  })

  it('a message without a tag is SYSTEM', () => {
    const message = 'New connection from 127.0.0.1 on port 1883.'
    const event = syslogEvent(create(SyslogMessageSchema, { message, severity: 'notice', facility: 'daemon' }))
    expect(event.topic).toBe('/junos/events/syslog/SYSTEM')
    expect(JSON.parse(event.render('r'))['jet-event']).toMatchObject({
      'event-id': 'SYSTEM',
      message,
      attributes: { message },
    })
  })
})

describe('kernel events', () => {
  const cases: [Parameters<typeof create<typeof RoutingSocketEventSchema>>[1], string, string, object][] = [
    [
      { operation: Operation.ADD, object: { case: 'ifd', value: { name: 'ge-0/0/0', snmpId: 520, flags: 8 } } },
      'ifd/add/ge-0/0/0',
      'KERNEL_EVENT_IFD_ADD',
      { name: 'ge-0/0/0', 'snmp-id': 520, flags: 8 },
    ],
    [
      {
        operation: Operation.CHANGE,
        object: { case: 'ifl', value: { name: 'xe-0/0/1', subunit: 7, snmpId: 530, flags: 1 } },
      },
      'ifl/change/xe-0/0/1.7',
      'KERNEL_EVENT_IFL_CHANGE',
      { name: 'xe-0/0/1', subunit: 7, 'snmp-id': 530, flags: 1 },
    ],
    [
      {
        operation: Operation.DELETE,
        object: { case: 'iff', value: { name: 'lo0', subunit: 0, family: 'inet6', tableName: 'inet6.0', flags: 0 } },
      },
      'iff/delete/lo0.0/inet6',
      'KERNEL_EVENT_IFF_DELETE',
      { name: 'lo0', subunit: 0, family: 'inet6', 'table-name': 'inet6.0', flags: 0 },
    ],
  ]

  it.each(cases)('%#: topic, id and attributes in their order', (given, topic, id, attributes) => {
    const event = kernelEvent(create(RoutingSocketEventSchema, given))!
    expect(event.topic).toBe(`/junos/events/kernel/interfaces/${topic}`)
    const rendered = JSON.parse(event.render('r'))['jet-event']
    expect(rendered).toMatchObject({ 'event-id': id, severity: 'INFO', facility: 'KERNEL' })
    expect(Object.entries(rendered.attributes)).toEqual(Object.entries(attributes))
  })

  it('an event of a kind unknown here is none', () => {
    expect(kernelEvent(create(RoutingSocketEventSchema, { operation: Operation.ADD }))).toBeUndefined()
    expect(kernelEvent(create(RoutingSocketEventSchema, { object: ifa().object }))).toBeUndefined()
  })
})

describe('any text', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('"', '\\/', '\u0000\n', '\ud800', 'pts/1'),
  )
  // Attributes are a JSON object to their reader, who sees the last of two with one name.
  const attributes = fc.uniqueArray(fc.tuple(text, text), { selector: ([name]) => name, maxLength: 5 })

  it('comes back out of a syslog event, and the topic is one that may be published', () => {
    fc.assert(
      fc.property(text, text, text, text, attributes, (hostname, tag, message, process, given) => {
        const event = syslogEvent(
          create(SyslogMessageSchema, {
            tag,
            message,
            process,
            attributes: given.map(([name, value]) => ({ name, value })),
          }),
        )
        const parsed = JSON.parse(event.render(hostname))['jet-event']
        expect(parsed.hostname).toBe(hostname)
        expect(parsed['process-name']).toBe(process)
        expect(parsed.message).toBe(tag ? `${tag}: ${message}` : message)
        if (tag) expect(new Map(Object.entries(parsed.attributes))).toEqual(new Map(given))
        expect(event.topic).not.toMatch(/[+#]|\0/)
      }),
    )
  })

  it('comes back out of a kernel event', () => {
    fc.assert(
      fc.property(text, text, text, (name, family, localAddress) => {
        const event = kernelEvent(ifa({ name, family, localAddress, broadcastAddress: '' }))!
        expect(JSON.parse(event.render('r'))['jet-event'].attributes).toMatchObject({
          name,
          family,
          'local-address': localAddress,
          'broadcast-address': '',
        })
      }),
    )
  })

  it('is cut when it is megabytes', () => {
    const value = '\u0001'.repeat(2 ** 21)
    const message = create(SyslogMessageSchema, {
      tag: value,
      message: value,
      process: value,
      attributes: Array.from({ length: 1000 }, (_, i) => ({ name: `${i}`, value })),
    })
    const event = syslogEvent(boundedMessage(message))
    expect(Buffer.byteLength(event.render('r'))).toBeLessThan(150_000)
    expect(Buffer.byteLength(event.topic)).toBeLessThan(1024)
    JSON.parse(event.render('r'))
  })
})
