import { ipAddress, ipPrefix } from '../values/address.ts'
import { choice } from '../values/choice.ts'
import { macAddress } from '../values/mac.ts'
import { hostName, identifier } from '../values/name.ts'
import { integer } from '../values/number.ts'
import { text } from '../values/value.ts'
import { container, flag, groupedList, key, leaf, leafList, list } from './dsl.ts'
import type { SchemaNode } from './node.ts'
import { radiusServer } from './system-authentication.ts'

const ways = choice({ radius: 'RADIUS servers', password: 'Passwords of clients', none: 'Nobody is asked' })

const profile = list('profile', 'Profile', key('profile-name', 'Name of the profile', identifier), () => [
  leafList('authentication-order', 'Order in which ways are tried', ways),
  leafList('accounting-order', 'Who is told', choice({ radius: 'RADIUS servers' })),
  list('client', 'Client', key('client-name', 'Name of the client', identifier), () => [
    container('firewall-user', 'Who may pass a firewall', [leaf('password', 'Its password', text, { secret: true })]),
  ]),
  container('radius', 'RADIUS', () => [
    leafList('authentication-server', 'Servers for authentication', ipAddress()),
    leafList('accounting-server', 'Servers for accounting', ipAddress()),
  ]),
  radiusServer(),
  container('accounting', 'Accounting', () => [
    leaf('order', 'Who is told', choice({ radius: 'RADIUS servers' })),
    flag('accounting-stop-on-failure', 'Tell of failed ones'),
    flag('immediate-update', 'Tell at once'),
    leaf('update-interval', 'Minutes between', integer(10, 1440)),
  ]),
])

const range = list('range', 'Range', key('range-name', 'Name of the range', identifier), () => [
  leaf('low', 'First address', ipAddress()),
  leaf('high', 'Last address', ipAddress()),
])

function pool(family: 'inet' | 'inet6'): readonly SchemaNode[] {
  const network =
    family === 'inet'
      ? [leaf('network', 'Network', ipPrefix('refused', family))]
      : [leaf('prefix', 'Network', ipPrefix('refused', family))]
  return [
    ...network,
    range,
    container('dhcp-attributes', 'What clients are told', () => [
      leaf('maximum-lease-time', 'Seconds for which an address is theirs', integer(30, 4294967295)),
      leaf('domain-name', 'Domain', hostName),
      groupedList('name-server', 'DNS servers', key('address', 'Address', ipAddress())),
      groupedList('router', 'Routers', key('address', 'Address', ipAddress('inet'))),
      leaf('boot-file', 'File to boot from', identifier),
      leaf('boot-server', 'Server to boot from', identifier),
    ]),
    list('host', 'Client with an address of its own', key('host-name', 'Name of the client', hostName), () => [
      leaf('hardware-address', 'Its MAC address', macAddress),
      leaf('ip-address', 'Its address', ipAddress()),
    ]),
  ]
}

/** Clients, who is asked about them, and their addresses. */
export const access = container('access', 'Network access configuration', () => [
  profile,
  radiusServer(),
  container('address-assignment', 'Addresses for clients', () => [
    list('pool', 'Addresses', key('pool-name', 'Name of the pool', identifier), () => [
      container(
        'family',
        'Protocol family',
        () => [container('inet', 'IPv4', () => pool('inet')), container('inet6', 'IPv6', () => pool('inet6'))],
        { prefix: true },
      ),
    ]),
  ]),
])
