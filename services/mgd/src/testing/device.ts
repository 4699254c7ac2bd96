import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createMemoryHub } from '@hangar/bus'
import { type DaemonDefinition, type RunningDaemon, startDaemon } from '@hangar/daemon'
import { type SyslogMessage, SyslogMessageSchema } from '@hangar/protocol/hangar/eventd/v1/eventd_pb'
import {
  type Clock,
  type HangarError,
  type Logger,
  seededRandom,
  silentLogger,
  systemClock,
  systemRandom,
} from '@hangar/runtime'
import type { ConnectConfig } from 'ssh2'
import { type Endpoints, type MgdOptions, mgd } from '../daemon.ts'
import { encryptPassword } from '../users/crypt.ts'
import { type Ran, SshClient } from './ssh-client.ts'

/** The password of each user of {@link testConfiguration}. */
export const password = 'lab123'

export const testConfiguration = `
system {
    host-name r1;
    login {
        class watcher {
            permissions view;
        }
        user lab {
            class super-user;
            authentication {
                encrypted-password "${encryptPassword(password)}";
            }
        }
        user viewer {
            class watcher;
            authentication {
                encrypted-password "${encryptPassword(password)}";
            }
        }
    }
    services {
        ssh;
        netconf {
            ssh;
        }
    }
}
`

/** mgd on a memory bus, with whatever other daemons a test wants. */
export class TestDevice implements AsyncDisposable {
  readonly clock: Clock
  readonly directory: string
  readonly hub = createMemoryHub({ device: 'test' })
  readonly syslog: SyslogMessage[] = []
  readonly startProblems: HangarError[] = []
  endpoints: Endpoints = {}
  #mgd: RunningDaemon | undefined
  readonly #own: boolean
  readonly #log: Logger

  private constructor(directory: string, own: boolean, clock: Clock, log: Logger) {
    this.#log = log
    this.directory = directory
    this.clock = clock
    this.#own = own
  }

  static async start(
    options: Partial<MgdOptions> & { clock?: Clock; log?: Logger; daemons?: DaemonDefinition<undefined>[] } = {},
  ): Promise<TestDevice> {
    const { clock = systemClock, log = silentLogger, daemons = [], ...given } = options
    const directory = given.directory ?? (await mkdtemp(join(tmpdir(), 'mgd-')))
    const device = new TestDevice(directory, given.directory === undefined, clock, log)
    const ear = device.#connect('ear')
    await ear.subscribe('*', 'syslog', SyslogMessageSchema, message => void device.syslog.push(message))
    for (const daemon of daemons) await device.run(daemon)
    device.#mgd = await startDaemon(mgd, device.#environment('mgd'), {
      directory,
      defaultConfiguration: testConfiguration,
      sshPort: 0,
      netconfPort: 0,
      cliSocket: join(directory, 'console.sock'),
      onListening: endpoints => {
        device.endpoints = endpoints
      },
      onStartProblem: error => void device.startProblems.push(error),
      ...given,
    })
    return device
  }

  run(daemon: DaemonDefinition<undefined>): Promise<RunningDaemon> {
    return startDaemon(daemon, this.#environment(daemon.name), undefined)
  }

  /** A further end of the bus. */
  bus(name: string) {
    return this.#connect(name)
  }

  /** The local console. */
  console(user = 'root'): Promise<SshClient> {
    return SshClient.console(join(this.directory, 'console.sock'), user)
  }

  /** Runs a script at the console. */
  async cli(script: string, user = 'root'): Promise<Ran> {
    using client = await this.console(user)
    return await client.exec(script)
  }

  /** A login over the network. */
  ssh(config: ConnectConfig = { password }): Promise<SshClient> {
    return SshClient.connect({ ...this.endpoints.ssh!, ...config })
  }

  /** The tags of the system log so far. */
  tags(): string[] {
    return this.syslog.map(message => message.tag)
  }

  async stop(): Promise<void> {
    await this.#mgd?.stop()
    this.#mgd = undefined
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop()
    if (this.#own) await rm(this.directory, { recursive: true, force: true })
  }

  #connect(name: string) {
    return this.hub.connect(name, { clock: this.clock, random: systemRandom, log: silentLogger })
  }

  #environment(name: string) {
    return {
      bus: this.#connect(name),
      clock: this.clock,
      random: seededRandom(1),
      log: this.#log,
      listenHost: '127.0.0.1',
    }
  }
}
