import type { Terminal } from '@hangar/junos-cli'
import type { Login } from '../users/authenticator.ts'

/** What an SSH connection leads to. */
export interface SshServices {
  /** The CLI at a terminal, or for lines from a program. */
  shell(visitor: Visitor, terminal: Terminal): RunningCli
  /** `ssh host 'show version'` */
  exec(visitor: Visitor, terminal: Terminal, script: string): RunningCli
  netconf(visitor: Visitor, channel: Terminal): RunningCli
}

/** Who came, and from where. */
export interface Visitor extends Login {
  /** Address of the client; "console" at the unix socket. */
  readonly from: string
}

export interface RunningCli {
  /** The exit status. */
  readonly status: Promise<number>
  interrupt(): void
  end(): void
}

/** Who is let in. */
export interface SshGate {
  /** Shown before authentication. */
  banner(): string | undefined
  password(user: string, password: string, from: string): Promise<Login | undefined>
  /** Whether the user has that public key; possession is proved elsewhere. */
  key(user: string, blob: Uint8Array): Login | undefined
  /** Who comes without any proof: at the console alone. */
  nobodyAsked?(user: string): Login | undefined
  /** Somebody failed, for the log. */
  failed(user: string, from: string): void
}
