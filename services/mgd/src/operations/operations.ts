import {
  CommandError,
  type OperationResult,
  type OutputFormat,
  type RemoteCommand,
  runOperation,
} from '@hangar/junos-cli'
import type { Clock } from '@hangar/runtime'
import type { XmlElement } from '@hangar/xml'
import { type CliServices, UserCliHost } from '../cli/host.ts'
import type { Login } from '../users/authenticator.ts'
import { optionsOf } from './options.ts'

/** How a result is wanted, and the end of whoever waits for it. */
export interface Wanted {
  readonly format: OutputFormat
  readonly signal: AbortSignal
}

/** There is no such command, for this user. */
export class UnknownCommand extends CommandError {}

/** Operational commands for programs: by their words, or by the element of the RPC. All of it as one user, who may do what the class may. */
export class Operations {
  readonly #services: CliServices
  readonly #clock: Clock

  constructor(services: CliServices, clock: Clock) {
    this.#services = services
    this.#clock = clock
  }

  /** "show interfaces terse", with pipes. Throws `CommandError`. */
  byWords(login: Login, line: string, wanted: Wanted): Promise<OperationResult> {
    return runOperation(this.#host(login), this.#clock, { line, ...wanted })
  }

  /** `<get-interface-information><terse/></get-interface-information>`, or `<command>show version</command>`. Throws `CommandError`. */
  async byElement(login: Login, rpc: XmlElement, { format, signal }: Wanted): Promise<OperationResult> {
    if (rpc.name === 'rpc' && rpc.children?.length === 1)
      return this.byElement(login, rpc.children[0]!, { format, signal })
    if (rpc.name === 'command') return this.byWords(login, rpc.text ?? '', { format, signal })
    const host = this.#host(login)
    if (rpc.name === 'get-configuration') return this.#configuration(host, format)
    const named = host.commands().filter(({ spec }) => spec.rpc === rpc.name && host.may(spec.permission ?? 'view'))
    if (named.length === 0) throw new UnknownCommand(`syntax error: ${rpc.name.slice(0, 128)}`)
    const { command, options } = understood(named, rpc)
    return { form: format, output: command.run({ options, format, signal }) }
  }

  async #configuration(host: UserCliHost, format: OutputFormat): Promise<OperationResult> {
    if (!host.may('view-configuration')) throw new CommandError('permission denied')
    const text = await host.committed.show({ path: [], words: [] }, format, 'none')
    return { form: format, output: one(text) }
  }

  #host(login: Login): UserCliHost {
    return new UserCliHost(this.#services, login, { tty: '', pid: 0, lastActive: 0 }, () => this.#clock.now())
  }
}

/** The command of that RPC that has all of its elements: `show route` and `show route summary` may share one. */
function understood(
  commands: readonly RemoteCommand[],
  rpc: XmlElement,
): { command: RemoteCommand; options: ReadonlyMap<string, string> } {
  let fault: CommandError | undefined
  for (const command of commands) {
    const read = optionsOf(command.spec, rpc)
    if (read instanceof CommandError) fault ??= read
    else return { command, options: read }
  }
  throw fault
}

async function* one(text: string): AsyncGenerator<string> {
  yield text
}
