import { Probe } from '@hangar/protocol/hangar/bus/v1/probe_pb'
import { silentLogger, systemClock, systemRandom } from '@hangar/runtime'
import { connectNats } from '../nats/index.ts'

// A daemon in a process of its own, to be killed by a test or measured by the benchmark: `node probe-daemon.ts <url> <device> <daemon>`.
const [servers, device, daemon] = process.argv.slice(2)
const bus = await connectNats({
  servers: servers!,
  device: device!,
  daemon: daemon!,
  clock: systemClock,
  random: systemRandom,
  log: silentLogger,
  heartbeat: 200,
})
await bus.serve(Probe, {
  // A call with the text "hang" is never answered.
  echo: ({ text, payload }) => (text === 'hang' ? new Promise(() => {}) : { text, payload }),
  async *count({ from, to, size }) {
    const payload = new Uint8Array(size)
    for (let number = from; number <= to; number += 1) yield { number, payload }
  },
  async collect(requests) {
    let messages = 0
    for await (const _ of requests) messages += 1
    return { messages }
  },
  async *converse(requests) {
    for await (const { text } of requests) yield { text }
  },
})
await bus.announce({ title: 'probe' })
console.log('ready')
