// Apart from the rest of the package: a device in one process starts without loading a NATS client.
export type { NatsBus } from './bus.ts'
export { type ConnectNatsOptions, connectNats } from './connect.ts'
