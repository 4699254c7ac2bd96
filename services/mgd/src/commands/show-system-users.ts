import type { OperationalCommand } from '@hangar/junos-cli'
import type { Clock } from '@hangar/runtime'
import { child, children, element, textOf } from '@hangar/xml'
import type { OpenTerminal } from '../users/terminals.ts'
import { idleText, timeOfDay, uptimeLine } from './uptime-line.ts'

/** Who is logged in at a terminal. */
export function showSystemUsers(options: {
  clock: Clock
  booted: number
  terminals: () => readonly OpenTerminal[]
}): OperationalCommand {
  const { clock, booted } = options
  return {
    words: [
      { name: 'show', help: 'Show system information' },
      { name: 'system', help: 'Show system information' },
      { name: 'users', help: 'Show users who are currently logged in' },
    ],
    options: [{ name: 'no-resolve', kind: 'flag', help: "Don't attempt to resolve addresses" }],
    rpc: 'get-system-users-information',
    run() {
      const now = clock.now()
      const terminals = options.terminals().filter(one => one.tty !== '')
      const entries = terminals.map(one =>
        element('user-entry', [
          element('user', one.user),
          element('tty', one.tty),
          element('from', one.from),
          element('login-time', timeOfDay(one.since)),
          element('idle-time', idleText(now - one.lastActive)),
          element('command', '-cli (cli)'),
        ]),
      )
      return element('system-users-information', [
        element('uptime-information', [
          element('date-time', timeOfDay(now)),
          element('up-time', uptimeLine({ now, booted, users: terminals.length })),
          element('active-user-count', terminals.length),
          element('user-table', entries),
        ]),
      ])
    },
    text(data) {
      const uptime = child(data, 'uptime-information')
      const rows = children(child(uptime, 'user-table'), 'user-entry').map(one =>
        row(...(['user', 'tty', 'from', 'login-time', 'idle-time', 'command'] as const).map(name => textOf(one, name))),
      )
      return `${textOf(uptime, 'up-time')}\n${row('USER', 'TTY', 'FROM', 'LOGIN@', 'IDLE', 'WHAT')}${rows.join('')}`
    },
  }
}

/** Columns 0, 9, 18, 52, 60 and 65. */
function row(user = '', tty = '', from = '', login = '', idle = '', what = ''): string {
  return `${user.padEnd(8)} ${tty.padEnd(8)} ${from.padEnd(33)} ${login.padEnd(7)} ${idle.padStart(4)} ${what}\n`
}
