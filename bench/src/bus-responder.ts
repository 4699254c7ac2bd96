import { connect } from '@nats-io/transport-node'

// The peer of the benchmark: what the NATS client does by itself, in a process of its own. `node bus-responder.ts <url>`.
const connection = await connect({ servers: process.argv[2]! })
connection.subscribe('bare', { callback: (_, message) => void message.respond(message.data) })
await connection.flush()
console.log('ready')
