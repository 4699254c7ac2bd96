export { findNatsServer, type NatsServer, natsServerForTests, startNatsServer } from './nats-server.ts'
export { type Proxy, startProxy } from './proxy.ts'
