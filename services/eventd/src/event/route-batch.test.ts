import { create } from '@bufbuild/protobuf'
import {
  RoutingSocketEvent_Operation as Operation,
  RoutingSocketEventSchema,
} from '@hangar/protocol/hangar/kernel/v1/kernel_pb'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { routeEvents } from '../testing/route-events.ts'
import { kernelEvent } from './kernel-event.ts'
import { RouteBatch } from './route-batch.ts'

const time = Date.UTC(2026, 0, 2, 3, 4, 5)

function written(batch: RouteBatch, hostname: string): string[] {
  return Array.from({ length: batch.count }, (_, i) => {
    const address = batch.address(i)
    return `${batch.topic(i, address)}\n${batch.render(i, address, hostname)}`
  })
}

describe('a route', () => {
  it('is laid out as kernel events were recorded', () => {
    const ways = [{ routeType: 'user', nextHopAddresses: ['192.0.2.1', '192.0.2.2'], flags: 0 }]
    expect(written(new RouteBatch(routeEvents('inet', ways, 'add 10.0.0.0/8 0'), time), 'vqfx')).toEqual([
      `/junos/events/kernel/route/add/inet/10.0.0.0/8
{
    "jet-event": {
        "event-id": "KERNEL_EVENT_ROUTE_ADD",
        "hostname": "vqfx",
        "time": "2026-01-02-03:04:05",
        "severity": "INFO",
        "facility": "KERNEL",
        "attributes": {
            "table-name": "inet.0",
            "logical-router-name": "master",
            "address-family": "inet",
            "route-type": "user",
            "route-prefix": "10.0.0.0/8",
            "nexthop-address": [
                "192.0.2.1",
                "192.0.2.2"
            ],
            "flags": 0
        }
    }
}`,
    ])
  })

  it.each([
    ['inet', 'delete 255.1.2.3/32 0', 'delete/inet/255.1.2.3/32', '255.1.2.3/32'],
    ['inet6', 'change 2001:db8::/32 0', 'change/inet6/2001:db8::/32', '2001:db8::/32'],
    ['mpls', 'add 299776/20 0', 'add/mpls/299776/20', '299776/20'],
  ])('of %s: %s', (family, line, topic, prefix) => {
    const batch = new RouteBatch(routeEvents(family, [{ routeType: 'intf' }], line), time)
    const [first, ...json] = written(batch, 'r')[0]!.split('\n')
    expect(first).toBe(`/junos/events/kernel/route/${topic}`)
    expect(JSON.parse(json.join('\n'))['jet-event']).toMatchObject({
      'event-id': `KERNEL_EVENT_ROUTE_${line.split(' ')[0]!.toUpperCase()}`,
      attributes: { 'route-type': 'intf', 'route-prefix': prefix, 'nexthop-address': [] },
    })
  })

  it('has the operation, destination and way of its own, whatever stands beside it, and today’s host name', () => {
    const operation = fc.constantFrom('add', 'change', 'delete')
    const route = fc.tuple(operation, fc.nat(255), fc.nat(2))
    const text = fc.oneof(fc.constantFrom('"route-prefix": ""', '$&', '\\'), fc.string())
    fc.assert(
      fc.property(fc.array(route, { maxLength: 20 }), fc.tuple(text, text, text), text, (routes, types, hostname) => {
        const lines = routes.map(([word, octet, way]) => `${word} 10.${octet}.0.0/16 ${way}`)
        const events = routeEvents(
          'inet',
          types.map(routeType => ({ routeType })),
          ...lines,
        )
        const batch = new RouteBatch(events, time)
        written(batch, 'before')
        written(batch, hostname).forEach((one, i) => {
          const [word, octet, way] = routes[i]!
          const event = JSON.parse(one.slice(one.indexOf('\n')))['jet-event']
          expect(event.hostname).toBe(hostname)
          expect(event['event-id']).toBe(`KERNEL_EVENT_ROUTE_${word.toUpperCase()}`)
          expect(event.attributes).toMatchObject({ 'route-prefix': `10.${octet}.0.0/16`, 'route-type': types[way] })
        })
      }),
    )
  })
})

it('a table', () => {
  const event = kernelEvent(
    create(RoutingSocketEventSchema, {
      operation: Operation.ADD,
      object: {
        case: 'routeTable',
        value: { name: 'VRF.inet.0', logicalRouterName: 'VRF', addressFamily: 'inet', index: 3 },
      },
    }),
  )!
  expect(event.topic).toBe('/junos/events/kernel/route-table/add/VRF.inet.0/VRF')
  expect(JSON.parse(event.render('r'))['jet-event']).toMatchObject({
    'event-id': 'KERNEL_EVENT_ROUTE_TABLE_ADD',
    attributes: { name: 'VRF.inet.0', 'logical-router-name': 'VRF', 'address-family': 'inet', index: 3 },
  })
})
