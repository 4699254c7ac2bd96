import { product } from '@hangar/daemon'
import type { OperationalCommand } from '@hangar/junos-cli'
import type { Clock } from '@hangar/runtime'
import { child, element, textOf } from '@hangar/xml'
import { formatTime } from '../database/revision.ts'

const words = (name: string, help: string, of = { name: 'chassis', help: 'Show chassis information' }) => [
  { name: 'show', help: 'Show system information' },
  of,
  { name, help },
]
/** Of a chassis that nobody can touch: the same on every device. */
const serialNumber = 'VM0000000000'

/** As a router in a virtual machine has them: a chassis by name, one routing engine, and nothing that could raise an alarm. */
export function chassisCommands({ clock, booted }: { clock: Clock; booted: number }): OperationalCommand[] {
  return [
    {
      words: words('hardware', 'Show installed hardware components'),
      rpc: 'get-chassis-inventory',
      run: () =>
        element('chassis-inventory', [
          element('chassis', [
            element('name', 'Chassis'),
            element('serial-number', serialNumber),
            element('description', product.model.toUpperCase()),
          ]),
        ]),
      text(data) {
        const chassis = child(data, 'chassis')
        const line = (...columns: readonly string[]) =>
          [17, 9, 13, 18].reduce((text, width, i) => text + (columns[i] ?? '').padEnd(width), '') + columns[4]!
        return [
          'Hardware inventory:',
          line('Item', 'Version', 'Part number', 'Serial number', 'Description'),
          line(textOf(chassis, 'name'), '', '', textOf(chassis, 'serial-number'), textOf(chassis, 'description')),
        ]
          .map(one => `${one}\n`)
          .join('')
      },
    },
    alarms(words('alarms', 'Show alarm status'), 'get-alarm-information'),
    alarms(
      words('alarms', 'Show system alarm status', { name: 'system', help: 'Show system information' }),
      'get-system-alarm-information',
    ),
    {
      words: words('routing-engine', 'Show Routing Engine status'),
      rpc: 'get-route-engine-information',
      run: () =>
        element('route-engine-information', [
          element('route-engine', [
            element('slot', 0),
            element('mastership-state', 'master'),
            element('mastership-priority', 'master (default)'),
            element('status', 'OK'),
            element('model', `RE-${product.model.toUpperCase()}`),
            element('start-time', formatTime(booted)),
            element('up-time', spelt(clock.now() - booted)),
            element('last-reboot-reason', 'Router rebooted after a normal shutdown.'),
          ]),
        ]),
      text(data) {
        const engine = child(data, 'route-engine')
        const line = (title: string, value: string) => `    ${title.padEnd(31)}${value}\n`
        const capital = (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1)
        return (
          `Routing Engine status:\n  Slot ${textOf(engine, 'slot')}:\n` +
          line('Current state', capital(textOf(engine, 'mastership-state'))) +
          line('Election priority', capital(textOf(engine, 'mastership-priority'))) +
          line('Model', textOf(engine, 'model')) +
          line('Start time', textOf(engine, 'start-time')) +
          line('Uptime', textOf(engine, 'up-time')) +
          line('Last reboot reason', textOf(engine, 'last-reboot-reason'))
        )
      },
    },
  ]
}

function alarms(path: OperationalCommand['words'], rpc: string): OperationalCommand {
  return {
    words: path,
    rpc,
    run: () => element('alarm-information', [element('alarm-summary', [element('no-active-alarms')])]),
    text: () => 'No alarms currently active\n',
  }
}

/** "2 days, 3 hours, 4 minutes, 5 seconds"; what comes first is not 0. */
function spelt(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const parts = [
    [Math.floor(seconds / 86_400), 'day'],
    [Math.floor(seconds / 3600) % 24, 'hour'],
    [Math.floor(seconds / 60) % 60, 'minute'],
    [seconds % 60, 'second'],
  ] as const
  const first = parts.findIndex(([count]) => count > 0)
  return parts
    .slice(first < 0 ? -1 : first)
    .map(([count, unit]) => `${count} ${unit}${count === 1 ? '' : 's'}`)
    .join(', ')
}
