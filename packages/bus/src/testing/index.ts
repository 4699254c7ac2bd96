export { findNatsServer, type NatsServer, natsServerForTests, startNatsServer } from './nats-server.ts'
export { startProxy, type TcpProxy } from './proxy.ts'
