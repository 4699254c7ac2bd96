import { element, renderXml } from '@hangar/xml'
import { CommandError, type CommandSpec } from '../command.ts'
import type { CandidateMode, ConfigurationSession } from '../configuration-session.ts'
import type { Candidate, CliHost, CommandRequest, RemoteCommand } from '../host.ts'
import { renderJson } from '../render-json.ts'
import { FakeDatabase } from './fake-database.ts'

const show = { name: 'show', help: 'Show system information' }
const interfaces = ['xe-0/0/0', 'xe-0/0/1', 'xe-0/0/10', 'lo0']

const connections = `Active Internet connections (including servers)
Proto Recv-Q Send-Q  Local Address                                 Foreign Address                               (state)
tcp4       0      0  10.0.0.1.22                                   10.0.0.9.56714                                ESTABLISHED
tcp4       0      0  *.32767                                       *.*                                           LISTEN
tcp4       0      0  *.1883                                        *.*                                           LISTEN
tcp4       0      0  *.22                                          *.*                                           LISTEN
`

/** A device of a few commands, and a real configuration. */
export class FakeHost implements CliHost {
  readonly user = 'user'
  readonly loginClass = 'super-user'
  readonly release = '23.4R1'
  readonly database = new FakeDatabase()
  /** Permissions that the login class lacks. */
  readonly denied = new Set<string>()
  readonly linesRead: string[] = []
  /** Signals of the commands that ran. */
  readonly signals: AbortSignal[] = []
  readonly #commands: RemoteCommand[] = [
    this.#command(
      [show, { name: 'version', help: 'Show software process revision levels' }],
      'get-software-information',
      ({ format }) => {
        const data = element('software-information', [
          element('host-name', 'router'),
          element('junos-version', '23.4R1'),
        ])
        if (format === 'xml') return renderXml(data)
        return format === 'json' ? renderJson(data) : 'Hostname: router\nJunos: 23.4R1\n'
      },
    ),
    this.#command(
      [show, { name: 'interfaces', help: 'Show interface information' }],
      'get-interface-information',
      ({ options }) => `${JSON.stringify(Object.fromEntries(options))}\n`,
      [
        { name: 'interface-name', kind: 'positional', help: 'Name of interface', completion: 'interface' },
        { name: 'brief', kind: 'flag', help: 'Display brief output', group: 'level' },
        { name: 'detail', kind: 'flag', help: 'Display detailed output', group: 'level' },
        { name: 'descriptions', kind: 'flag', help: 'Display interface description strings', group: 'level' },
        { name: 'routing-instance', kind: 'value', help: 'Name of routing instance', placeholder: '<name>' },
      ],
    ),
    this.#command(
      [
        show,
        { name: 'system', help: 'Show system information' },
        { name: 'connections', help: 'Show system connection activity' },
      ],
      undefined,
      () => connections,
    ),
    this.#command(
      [show, { name: 'numbers', help: 'Show numbers' }],
      undefined,
      ({ options }) => Array.from({ length: Number(options.get('count') ?? 10) }, (_, i) => `line ${i + 1}\n`).join(''),
      [{ name: 'count', kind: 'value', help: 'How many' }],
    ),
    this.#command([show, { name: 'failure', help: 'Show a failure' }], undefined, () => {
      throw new CommandError('device xe-9/9/9 not found')
    }),
    this.#command(
      [
        { name: 'clear', help: 'Clear information in the system' },
        { name: 'log', help: 'Clear contents of log file' },
      ],
      'clear-log',
      () => '',
      [{ name: 'file', kind: 'positional', help: 'Name of log file', required: true }],
      'clear',
    ),
    {
      spec: { words: [{ name: 'monitor', help: 'Show real-time debugging information' }] },
      run: request => this.#monitor(request),
    },
  ]

  get committed() {
    return this.database.committedView
  }

  hostName(): string {
    return this.database.hostName()
  }

  may(permission: string): boolean {
    return !this.denied.has(permission)
  }

  commands(): readonly RemoteCommand[] {
    return this.#commands
  }

  async complete(completion: string, prefix: string): Promise<readonly Candidate[]> {
    return completion === 'interface' ? interfaces.filter(name => name.startsWith(prefix)).map(name => ({ name })) : []
  }

  async openCandidate(mode: CandidateMode): Promise<ConfigurationSession> {
    return this.database.open(mode, this.user)
  }

  lineRead(line: string): void {
    this.linesRead.push(line)
  }

  #command(
    words: CommandSpec['words'],
    rpc: string | undefined,
    output: (request: CommandRequest) => string,
    options: NonNullable<CommandSpec['options']> = [],
    permission = 'view',
  ): RemoteCommand {
    return {
      spec: { words, options, permission, ...(rpc !== undefined && { rpc }) },
      run: async function* run(request) {
        yield output(request)
      },
    }
  }

  /** Goes on until it is aborted, and doesn't look at the signal. */
  async *#monitor({ signal }: CommandRequest): AsyncIterable<string> {
    this.signals.push(signal)
    yield 'watching\n'
    await new Promise(() => {})
  }
}
