import { type Logger, messageOf } from '@hangar/runtime'
import type { ReadElement } from '@hangar/xml/read'
import type { RunningCli, Visitor } from '../ssh/services.ts'
import { CandidateAccess } from './candidate-access.ts'
import { commitOperations } from './commit-configuration.ts'
import { editOperations, ok, textOf } from './edit-configuration.ts'
import { refusal } from './fault.ts'
import { operational } from './operational.ts'
import type { NetconfServices } from './services.ts'
import { type NetconfChannel, type NetconfClient, NetconfSession, type Operation } from './session.ts'
import { showOperations } from './show-configuration.ts'

/** All NETCONF sessions of the device. */
export class NetconfSessions {
  readonly #services: NetconfServices
  readonly #log: Logger
  readonly #open = new Map<number, NetconfSession>()
  readonly #operations: Readonly<Record<string, Operation>>

  constructor(services: NetconfServices, log: Logger) {
    this.#services = services
    this.#log = log
    this.#operations = {
      ...showOperations(services),
      ...editOperations(services),
      ...commitOperations(services),
      'kill-session': (asked, client) => this.#kill(asked, client),
    }
  }

  serve(visitor: Visitor, channel: NetconfChannel): RunningCli {
    const { terminals, database, clock } = this.#services
    const { user, loginClass, from } = visitor
    const entry = terminals.open({ user, loginClass, from, notify: () => {}, end: () => session.end() }, false)
    const id = entry.terminal.pid
    const candidate = new CandidateAccess(database, { user, terminal: '', pid: id })
    const session: NetconfSession = new NetconfSession({
      channel,
      client: { visitor, id, candidate },
      operation: (rpc, client) => this.#begin(rpc, client),
      clock,
    })
    this.#open.set(id, session)
    this.#event(
      'UI_LOGIN_EVENT',
      visitor,
      `login, class '${loginClass}' [${id}], ssh-connection '${from}', client-mode 'netconf'`,
      {
        'class-name': loginClass,
        'local-peer': '',
        pid: String(id),
        'ssh-connection': from,
        'client-mode': 'netconf',
      },
    )
    const status = session
      .run()
      .catch(error => this.#log.error({ error: messageOf(error) }, 'a NETCONF session failed'))
      .then(() => {
        candidate.release()
        entry.close()
        this.#open.delete(id)
        this.#event('UI_LOGOUT_EVENT', visitor, 'logout', {})
        return 0
      })
    return { status, interrupt: () => {}, end: () => session.end() }
  }

  #begin(rpc: ReadElement, client: NetconfClient) {
    this.#event('UI_NETCONF_CMD', client.visitor, `used NETCONF client to run command '${rpc.name.slice(0, 128)}'`, {
      command: rpc.name.slice(0, 128),
    })
    const operation = Object.hasOwn(this.#operations, rpc.name) ? this.#operations[rpc.name] : undefined
    return operation ? operation(rpc, client) : operational(this.#services, rpc, client)
  }

  /** One's own sessions, and those of others for who maintains the device. */
  #kill(asked: ReadElement, { id, visitor }: NetconfClient): readonly string[] {
    const wanted = Number(textOf(asked, 'session-id'))
    if (wanted === id) throw refusal('a session cannot kill itself', 'session-id', 'invalid-value')
    const session = this.#open.get(wanted)
    const mine = session?.client.visitor.user === visitor.user
    if (!session) throw refusal('there is no such session', 'session-id', 'invalid-value')
    if (!mine && !this.#services.may(visitor.loginClass, 'maintenance'))
      throw refusal('permission denied', undefined, 'access-denied')
    // What it holds is free when this is answered.
    session.client.candidate.release()
    session.end()
    return ok
  }

  #event(tag: string, { user }: Visitor, what: string, attributes: Record<string, string>): void {
    this.#services.syslog({
      tag,
      message: `User '${user}' ${what}`,
      facility: 'interact-commands',
      attributes: { username: user, ...attributes },
    })
  }
}
