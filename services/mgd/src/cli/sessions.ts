import type { SyslogInput } from '@hangar/daemon'
import { CliSession, type Terminal } from '@hangar/junos-cli'
import type { Clock } from '@hangar/runtime'
import { lines } from '../ssh/message.ts'
import type { RunningCli, Visitor } from '../ssh/services.ts'
import type { Terminals } from '../users/terminals.ts'
import { type CliServices, UserCliHost } from './host.ts'

export interface CliSessionsOptions {
  services: CliServices
  terminals: Terminals
  clock: Clock
  syslog(message: SyslogInput): void
}

/** Opens CLIs: for each who came, a session, an entry among those who are logged in, and the messages about both. */
export class CliSessions {
  readonly #options: CliSessionsOptions

  constructor(options: CliSessionsOptions) {
    this.#options = options
  }

  shell(visitor: Visitor, terminal: Terminal): RunningCli {
    return this.#open(visitor, terminal, session => session.run())
  }

  exec(visitor: Visitor, terminal: Terminal, script: string): RunningCli {
    return this.#open(visitor, terminal, session => session.exec(script))
  }

  #open(visitor: Visitor, terminal: Terminal, run: (session: CliSession) => Promise<number>): RunningCli {
    const { services, terminals, clock, syslog } = this.#options
    const { user, loginClass, from } = visitor
    const entry = terminals.open(
      { user, loginClass, from, notify: text => session.notify(text), end: () => session.end() },
      terminal.isTty,
    )
    const { tty, pid } = entry.terminal
    const host = new UserCliHost(services, visitor, entry.terminal, () => clock.now())
    const session: CliSession = new CliSession({ host, terminal, clock })
    if (tty !== '') syslog(loginInformation(visitor, tty, pid))
    syslog(loginEvent(visitor, pid))
    const announcement = terminal.isTty ? services.announcement() : undefined
    if (announcement) terminal.write(`${lines(announcement).join('\r\n')}\r\n`)
    const status = run(session).finally(() => {
      entry.close()
      syslog({
        tag: 'UI_LOGOUT_EVENT',
        message: `User '${user}' logout`,
        facility: 'interact-commands',
        attributes: { username: user },
      })
    })
    return { status, interrupt: () => session.interrupt(), end: () => session.end() }
  }
}

/** As recorded: "User lab logged in from host 10.254.0.251 on device pts/1", by the process login. */
function loginInformation({ user, from }: Visitor, tty: string, pid: number): SyslogInput {
  return {
    tag: 'LOGIN_INFORMATION',
    message: `User ${user} logged in from host ${from} on device ${tty}`,
    facility: 'auth',
    process: 'login',
    pid,
    attributes: { username: user, hostname: from, 'tty-name': tty },
  }
}

function loginEvent({ user, loginClass, from }: Visitor, pid: number): SyslogInput {
  return {
    tag: 'UI_LOGIN_EVENT',
    message: `User '${user}' login, class '${loginClass}' [${pid}], ssh-connection '${from}', client-mode 'cli'`,
    facility: 'interact-commands',
    attributes: {
      username: user,
      'class-name': loginClass,
      'local-peer': '',
      pid: String(pid),
      'ssh-connection': from,
      'client-mode': 'cli',
    },
  }
}
