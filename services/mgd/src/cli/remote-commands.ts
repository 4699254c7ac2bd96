import { Code, ConnectError } from '@connectrpc/connect'
import type { Bus } from '@hangar/bus'
import { commandFromMessage } from '@hangar/daemon'
import { type Candidate, CommandError, type CommandRequest, type RemoteCommand } from '@hangar/junos-cli'
import {
  type Announcement,
  Daemon,
  RunCommandRequest_Format as Format,
} from '@hangar/protocol/hangar/daemon/v1/daemon_pb'
import type { Login } from '../users/authenticator.ts'

/** ms that names for completion may take. */
const completionPatience = 1000

const formats = { text: Format.TEXT, xml: Format.XML, json: Format.JSON } as const

/** The operational commands of all daemons, as they come and go. */
export class RemoteCommands {
  readonly #bus: Bus
  readonly #members = new Map<string, Announcement>()
  /** Grows when the commands change. */
  version = 0

  constructor(bus: Bus) {
    this.#bus = bus
  }

  up(announcement: Announcement): void {
    this.#members.set(announcement.daemon, announcement)
    this.version++
  }

  down(daemon: string, incarnation: string): void {
    if (this.#members.get(daemon)?.incarnation !== incarnation) return
    this.#members.delete(daemon)
    this.version++
  }

  /** For one user; where two daemons offer the same words, the one that came first has them. */
  for(login: Login): readonly RemoteCommand[] {
    const commands = new Map<string, RemoteCommand>()
    for (const { daemon, title, commands: announced } of this.#members.values()) {
      for (const message of announced) {
        const spec = commandFromMessage(message)
        const words = spec.words.map(word => word.name).join(' ')
        if (commands.has(words)) continue
        commands.set(words, { spec, run: request => this.#run({ daemon, title, words, login }, request) })
      }
    }
    return [...commands.values()]
  }

  /** Names from every daemon that has some. One that does not answer has none. */
  async complete(completion: string, prefix: string): Promise<readonly Candidate[]> {
    const answers = await Promise.all(
      [...this.#members.keys()].map(async daemon => {
        try {
          const client = this.#bus.client(daemon, Daemon)
          return (await client.complete({ completion, prefix }, { timeoutMs: completionPatience })).candidates
        } catch {
          return []
        }
      }),
    )
    const candidates = new Map<string, Candidate>()
    for (const { name, help } of answers.flat()) candidates.set(name, { name, ...(help && { help }) })
    return [...candidates.values()]
  }

  async *#run(
    { daemon, title, words, login }: { daemon: string; title: string; words: string; login: Login },
    { options, format, signal }: CommandRequest,
  ): AsyncGenerator<string> {
    const request = {
      command: words,
      options: Object.fromEntries(options),
      format: formats[format],
      user: login.user,
      loginClass: login.loginClass,
    }
    try {
      for await (const { output, error } of this.#bus.client(daemon, Daemon).runCommand(request, { signal })) {
        if (output) yield output
        if (error) throw new CommandError(error)
      }
    } catch (error) {
      if (error instanceof CommandError || signal.aborted) throw error
      const { code, rawMessage } = ConnectError.from(error)
      throw new CommandError(code === Code.Unavailable ? `the ${title || daemon} is not running` : rawMessage)
    }
  }
}
