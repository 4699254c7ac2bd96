import type { XmlElement } from '@hangar/xml'

/** What a command line may say: fixed words, then options in any order. This part travels between daemons. */
export interface CommandSpec {
  /** [{ name: 'show', help: 'Show system information' }, { name: 'version', help: '...' }] */
  readonly words: readonly CommandWord[]
  readonly options?: readonly CommandOption[]
  /** Permission flag of the login class that it takes: "view", "clear", "maintenance". Default "view". */
  readonly permission?: string
  /** Name of the XML RPC: "get-software-information". Without one the command has no XML or JSON of its own. */
  readonly rpc?: string
}

/** An operational command with what it does. Declared once; text, XML and JSON come from its element tree. */
export interface OperationalCommand extends CommandSpec {
  /** Does it, and gives the result as data. Throw {@link CommandError} for what a router would answer with `error: ...`. */
  run(invocation: CommandInvocation): Promise<XmlElement> | XmlElement
  /**
   * The text alone, part by part, for what may be too much to be held at once; used in place of `run` and `text` where there is no
   * other format to make. Throws as `run` does.
   */
  stream?(invocation: CommandInvocation): AsyncIterable<string> | Iterable<string>
  /** The data laid out for people. Lines end with "\n"; an empty string prints nothing. */
  text(data: XmlElement, invocation: CommandInvocation): string
}

export interface CommandWord {
  readonly name: string
  readonly help: string
}

export interface CommandOption {
  readonly name: string
  /** flag: the word alone (`terse`). value: the word and a value (`client-id <id>`). positional: a value alone. */
  readonly kind: 'flag' | 'value' | 'positional'
  readonly help: string
  /** "<interface-name>"; for value and positional. */
  readonly placeholder?: string
  readonly choices?: readonly string[]
  /** Name under which a daemon gives candidates for the value. */
  readonly completion?: string
  readonly required?: boolean
  /** Options of one group exclude each other: brief|detail. */
  readonly group?: string
  readonly hidden?: boolean
}

export interface CommandInvocation {
  /** By option name; a flag that was given has the value ''. */
  readonly options: ReadonlyMap<string, string>
  readonly user: string
  readonly loginClass: string
}

/** How a command's result is rendered. */
export type OutputFormat = 'text' | 'xml' | 'json'

/** A command that failed; the CLI prints `error: <message>`. */
export class CommandError extends Error {
  override readonly name = 'CommandError'
}
