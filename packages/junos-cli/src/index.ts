export {
  CommandError,
  type CommandInvocation,
  type CommandOption,
  type CommandSpec,
  type CommandWord,
  type OperationalCommand,
  type OutputFormat,
} from './command.ts'
export { CommitFailed, ConfigurationSyntaxError, DatabaseLocked, DatabaseModified } from './configuration-errors.ts'
export type {
  CandidateMode,
  CommitOptions,
  ConfigurationChange,
  ConfigurationCompletion,
  ConfigurationFormat,
  ConfigurationPlace,
  ConfigurationProblem,
  ConfigurationSession,
  ConfigurationVerb,
  ConfigurationView,
  Dialogue,
  Editor,
  Inheritance,
  LoadAction,
  LoadResult,
  RollbackIndex,
} from './configuration-session.ts'
export type { Candidate, CliHost, CommandRequest, EphemeralViews, RemoteCommand } from './host.ts'
export type { Word } from './line/words.ts'
export { type Operation, type OperationResult, runOperation } from './operation.ts'
export { renderJson } from './render-json.ts'
export { rpcReply } from './rpc-reply.ts'
export { CliSession, type CliSessionOptions } from './session.ts'
export { errorText } from './shell/error-text.ts'
export type { Terminal, TerminalSize } from './terminal.ts'
