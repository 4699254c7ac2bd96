export { commandFromMessage, commandToMessage } from './command-message.ts'
export {
  type ConfigurationReader,
  type DaemonDefinition,
  type DaemonHost,
  defineDaemon,
  type Problem,
  type SyslogInput,
} from './define.ts'
export { type Health, serveHealth } from './health.ts'
export { type DaemonEnvironment, type RunningDaemon, startDaemon } from './host.ts'
export type {
  Caller,
  JetBytesImplementation,
  JetCall,
  JetImplementation,
  JetMethodImplementation,
  JetService,
  ServeJetOptions,
} from './jet.ts'
export { notDecodable } from './jet-codec.ts'
export { product } from './product.ts'
export { runDaemon } from './run.ts'
