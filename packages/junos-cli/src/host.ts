import type { CommandSpec, OutputFormat } from './command.ts'
import type { CandidateMode, ConfigurationSession, ConfigurationView } from './configuration-session.ts'

/** What a CLI session stands on: one logged-in user, the commands that exist, the configuration database. mgd implements it. */
export interface CliHost {
  readonly user: string
  readonly loginClass: string
  /** Minutes without a key until the session ends, as its class has it, until `set cli idle-timeout`; 0 or none: never. */
  readonly idleTimeout?: number
  /** Name of the device for the prompt; asked for before each prompt, as a commit may change it. */
  hostName(): string
  /** "23.4R1": the release in the XML namespaces. */
  readonly release: string
  /** Whether the login class has the permission flag: "view", "clear", "configure". What it may not do doesn't exist for it. */
  may(permission: string): boolean
  /** The operational commands that exist now. Asked for each line; the same array while nothing changed saves the building of the tree. */
  commands(): readonly RemoteCommand[]
  /** Names that begin with `prefix`, for an option's `completion`. Never rejects: names that can't be had are none. */
  complete(completion: string, prefix: string): Promise<readonly Candidate[]>
  /** The committed configuration, for `show configuration`. */
  readonly committed: ConfigurationView
  /** The ephemeral configuration, for `show ephemeral-configuration`; a device without one has no such command. */
  readonly ephemeral?: EphemeralViews
  /** Enters the configuration. Throws `DatabaseLocked`, `DatabaseModified` or `CommandError`. */
  openCandidate(mode: CandidateMode): Promise<ConfigurationSession>
  /** Each line that the user entered, before it is obeyed (the event UI_CMDLINE_READ_LINE). Passwords never come here. */
  lineRead?(line: string): void
}

/** The ephemeral configuration to look at. */
export interface EphemeralViews {
  /** One instance; '' is the default one. Throws `CommandError` for one that is not configured. */
  instance(name: string): ConfigurationView
  /** The active configuration, with all instances over what is committed. */
  readonly merged: ConfigurationView
}

/** A command that runs in some daemon. */
export interface RemoteCommand {
  readonly spec: CommandSpec
  /**
   * Runs it; the pieces together are the output, lines ending in "\n". XML is the result's element, without `rpc-reply`; JSON a whole
   * document. Throw `CommandError` for a failure. The signal is ^C or the end of the session.
   */
  run(request: CommandRequest): AsyncIterable<string>
}

export interface CommandRequest {
  /** By option name; a flag that was given has the value ''. */
  readonly options: ReadonlyMap<string, string>
  readonly format: OutputFormat
  readonly signal: AbortSignal
}

/** One line below `Possible completions:`. */
export interface Candidate {
  readonly name: string
  readonly help?: string
  /** '>': statements below it. '+': takes several values. */
  readonly marker?: '>' | '+'
  /** Stands for what is to be typed (`<address>`): shown, never filled in. */
  readonly placeholder?: boolean
  /** A name that exists in the data (an interface, a user): space doesn't fill it in unless it is the only one that begins so; it still may be typed on. */
  readonly value?: boolean
}
