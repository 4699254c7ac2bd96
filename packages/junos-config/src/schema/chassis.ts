import { choice } from '../values/choice.ts'
import { identifier } from '../values/name.ts'
import { integer } from '../values/number.ts'
import { container, flag, key, leaf, list, oneOf } from './dsl.ts'
import type { ContainerSchema, SchemaNode } from './node.ts'

const oneOfSpeeds = choice(
  Object.fromEntries(['1g', '10g', '25g', '40g', '50g', '100g', '200g', '400g'].map(speed => [speed, `${speed}bit/s`])),
)

const port = list('port', 'Port', key('port-number', 'Number', integer(0, 127)), [
  leaf('speed', 'Speed of the port', oneOfSpeeds),
  leaf('number-of-sub-ports', 'Channels', integer(1, 8)),
  flag('unused', 'Turned off'),
])

const pic = list(
  'pic',
  'Card in it',
  key('pic-slot', 'Slot', integer(0, 15)),
  () => [
    leaf('pic-mode', 'Speed of all ports', oneOfSpeeds),
    leaf('number-of-ports', 'Ports that are used', integer(1, 48)),
    container(
      'tunnel-services',
      'Tunnels on this card',
      [
        leaf(
          'bandwidth',
          'Bandwidth for tunnels',
          choice(
            Object.fromEntries(
              ['1g', '10g', '20g', '30g', '40g', '50g', '60g', '70g', '80g', '90g', '100g'].map(one => [one, one]),
            ),
          ),
        ),
      ],
      { presence: true },
    ),
    container(
      'inline-services',
      'Services on this card',
      [leaf('bandwidth', 'Bandwidth for services', choice({ '1g': '1g', '10g': '10g', '40g': '40g', '100g': '100g' }))],
      { presence: true },
    ),
    port,
    leaf('power', 'Whether it has power', choice({ on: 'On', off: 'Off' })),
  ],
  { order: 'system' },
)

const fpc = list(
  'fpc',
  'Line card',
  key('slot', 'Slot', integer(0, 127)),
  () => [
    leaf('power', 'Whether it has power', choice({ on: 'On', off: 'Off' })),
    pic,
    list('sampling-instance', 'Sampling instance', key('instance-name', 'Name of the instance', identifier), []),
    container(
      'inline-services',
      'Services on this card',
      [
        container('flow-table-size', 'Sizes of flow tables', [
          leaf('ipv4-flow-table-size', 'IPv4, in units of 256 K', integer(1, 245)),
          leaf('ipv6-flow-table-size', 'IPv6, in units of 256 K', integer(1, 245)),
        ]),
      ],
      { presence: true },
    ),
    leaf('number-of-ports', 'Ports that are used', integer(1, 48)),
  ],
  { order: 'system' },
)

const severity = choice({ red: 'Red', yellow: 'Yellow', ignore: 'None' })

const alarms: Readonly<Record<string, readonly [string, readonly string[]]>> = {
  'management-ethernet': ['Management interface', ['link-down']],
  ethernet: ['Ethernet interfaces', ['link-down']],
  sonet: ['SONET interfaces', ['lol', 'lof', 'los', 'ais-l', 'ais-p', 'rfi-l', 'ber-sd', 'ber-sf']],
  t3: ['T3 interfaces', ['ais', 'los', 'oof', 'rai']],
  ds1: ['DS1 interfaces', ['ais', 'ylw']],
  'otn-odu': ['OTN ODU', ['odu-ais', 'odu-bdi', 'odu-lck', 'odu-oci']],
}

const alarm = container('alarm', 'What is an alarm', () =>
  Object.entries(alarms).map(([name, [help, causes]]) =>
    container(
      name,
      help,
      causes.map(cause => leaf(cause, `Alarm at ${cause}`, severity)),
    ),
  ),
)

const redundancy = container('redundancy', 'Two Routing Engines', () => [
  list(
    'routing-engine',
    'Routing Engine',
    key('slot', 'Slot', integer(0, 1)),
    oneOf('role', [
      flag('master', 'Acts from the start'),
      flag('backup', 'Takes over'),
      flag('disabled', 'Does nothing'),
    ]),
    { oneLine: 'always', order: 'system' },
  ),
  container('failover', 'When the other takes over', [
    flag('on-loss-of-keepalives', 'When the first is not heard'),
    flag('on-disk-failure', 'When a disk of the first fails'),
    flag('not-on-disk-underperform', 'Not when a disk of the first is slow'),
    flag('on-loss-of-vm-host-connection', 'When the first has lost its host'),
  ]),
  leaf('keepalive-time', 'Seconds without a word', integer(2, 10000)),
  container('graceful-switchover', 'Without a break in forwarding', [], { presence: true }),
])

function aggregated(): ContainerSchema {
  return container('aggregated-devices', 'Bundles of interfaces', () => [
    container('ethernet', 'Aggregated Ethernet', [
      leaf('device-count', 'Interfaces ae0 and up', integer(1, 4000)),
      container('lacp', 'LACP for all of them', [leaf('system-priority', 'Priority of the device', integer(0, 65535))]),
    ]),
    container('sonet', 'Aggregated SONET', [leaf('device-count', 'Interfaces as0 and up', integer(1, 16))]),
    leaf('maximum-links', 'Links in a bundle', choice({ '16': '16', '32': '32', '64': '64' })),
  ])
}

function disables(name: string, help: string, flagHelp: string): SchemaNode {
  return container(name, help, [container('storage', help, [flag('disable', flagHelp)])])
}

const ecmp = Object.fromEntries(['16', '32', '64', '128', '256', '512'].map(ways => [ways, `At most ${ways} ways`]))

/** Cards and what holds them. */
export const chassis = container('chassis', 'Chassis configuration', () => [
  flag('no-power-budget', "Don't plan the use of power"),
  flag('craft-lockout', 'Lock the craft interface'),
  container(
    'config-button',
    'The button that resets',
    [flag('no-rescue', 'Never to the rescue configuration'), flag('no-clear', 'Never to factory defaults')],
    { oneLine: 'always' },
  ),
  flag('routing-engine-power-off-button-disable', 'Turn off the power button'),
  leaf('maximum-ecmp', 'Ways of equal cost', choice(ecmp)),
  redundancy,
  container('routing-engine', 'Routing Engine', [
    flag('usb-wwan', 'Modem at the USB port'),
    container('on-disk-failure', 'When a disk fails', [
      leaf('disk-failure-action', 'What to do', choice({ halt: 'Halt', reboot: 'Boot anew' })),
    ]),
  ]),
  aggregated(),
  fpc,
  alarm,
  leaf(
    'network-services',
    'What the device forwards',
    choice({
      ip: 'IP',
      ethernet: 'Ethernet',
      'enhanced-ip': 'IP, on newer cards alone',
      'enhanced-ethernet': 'Ethernet, on newer cards alone',
      lan: 'Switching',
    }),
  ),
  disables('usb', 'USB', 'No storage at the USB port'),
])
