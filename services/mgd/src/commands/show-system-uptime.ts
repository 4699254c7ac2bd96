import type { OperationalCommand } from '@hangar/junos-cli'
import type { Clock } from '@hangar/runtime'
import { child, element, textOf, type XmlElement } from '@hangar/xml'
import { type CommitRecord, formatTime } from '../database/revision.ts'
import { agoText, uptimeLine } from './uptime-line.ts'

/** When the device was started and last configured. */
export function showSystemUptime(options: {
  clock: Clock
  booted: number
  users(): number
  lastCommit(): CommitRecord | undefined
}): OperationalCommand {
  const { clock, booted } = options
  return {
    words: [
      { name: 'show', help: 'Show system information' },
      { name: 'system', help: 'Show system information' },
      { name: 'uptime', help: 'Show time since system and processes started' },
    ],
    rpc: 'get-system-uptime-information',
    run() {
      const now = clock.now()
      const last = options.lastCommit()
      const configured = last && moment('last-configured-time', last.time, now, [element('user', last.user)])
      return element('system-uptime-information', [
        element('current-time', [element('date-time', formatTime(now))]),
        element('time-source', 'LOCAL CLOCK'),
        moment('system-booted-time', booted, now),
        moment('protocols-started-time', booted, now),
        configured,
        element('uptime-information', [element('up-time', uptimeLine({ now, booted, users: options.users() }))]),
      ])
    },
    text(data) {
      const at = (name: string, of: string) => textOf(child(data, name), of)
      const when = (name: string) => `${at(name, 'date-time')} (${at(name, 'time-length')} ago)`
      const lines = [
        `Current time: ${at('current-time', 'date-time')}`,
        `Time Source:  ${textOf(data, 'time-source')}`,
        `System booted: ${when('system-booted-time')}`,
        `Protocols started: ${when('protocols-started-time')}`,
      ]
      if (child(data, 'last-configured-time'))
        lines.push(`Last configured: ${when('last-configured-time')} by ${at('last-configured-time', 'user')}`)
      return [...lines, at('uptime-information', 'up-time')].map(line => `${line}\n`).join('')
    },
  }
}

function moment(name: string, time: number, now: number, more: readonly XmlElement[] = []): XmlElement {
  return element(name, [element('date-time', formatTime(time)), element('time-length', agoText(now - time)), ...more])
}
