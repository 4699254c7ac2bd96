import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { connectNats } from '@hangar/bus'
import { Daemon } from '@hangar/protocol/hangar/daemon/v1/daemon_pb'
import { RoutingSocketEventSchema } from '@hangar/protocol/hangar/kernel/v1/kernel_pb'
import { systemRandom, createLogger, systemClock } from '@hangar/runtime'
import { RawClient } from '../mqttd/src/testing/raw-client.ts'
const free = async () => { const s = createServer().listen(0); await once(s, 'listening'); const p = (s.address() as any).port; s.close(); return p as number }
const np = await free(), mp = await free()
const say = (...a: unknown[]) => console.log(Math.round(performance.now()), ...a)
const kids: any[] = []
const run = (cmd: string, args: string[], env = {}) => { const c = spawn(cmd, args, { stdio: 'inherit', env: { ...process.env, ...env } }); kids.push(c); return c }
run('nats-server', ['-p', String(np), '-a', '127.0.0.1', '-l', '/dev/null'])
await new Promise(r => setTimeout(r, 1000))
const env = async () => ({ HANGAR_NATS: `nats://127.0.0.1:${np}`, HANGAR_HEALTH_PORT: String(await free()), HANGAR_LOG: 'info' })
run('node', ['../eventd/src/main.ts'], await env())
let mq = run('node', ['../mqttd/src/main.ts'], await env())
const basics = { clock: systemClock, random: systemRandom, log: createLogger({ name: 't', level: 'warn' }) }
const bus = await connectNats({ servers: `nats://127.0.0.1:${np}`, device: 'hangar', daemon: 'kernel', ...basics })
const members = new Set<string>()
await bus.watchMembers({ up: a => { say('up', a.daemon); members.add(a.daemon) }, down: d => { say('down', d); members.delete(d) } })
const until = async (f: () => boolean) => { while (!f()) await new Promise(r => setTimeout(r, 20)) }
const commit = async () => {
  const seat = bus.client('mqttd', Daemon)
  await seat.checkConfiguration({ transaction: '1', snapshot: true, lines: [`set system services extension-service notification port ${mp}`, 'set system services extension-service notification allow-clients address 127.0.0.0/8'], revision: 1n })
  say((await seat.applyConfiguration({ transaction: '1' })).problems)
}
await until(() => members.has('mqttd') && members.has('eventd'))
await commit()
const rtsock = bus.publisher('rtsock', RoutingSocketEventSchema)
const lat = async (n: number) => {
  const c = await RawClient.session(mp)
  await c.subscribe('/junos/events/kernel/#', 1)
  say('subscribed')
  const ms: number[] = []
  for (let i = 0; i < n; i++) {
    const t = performance.now()
    rtsock.publish({ operation: 1, timeMs: BigInt(Date.now()), object: { case: 'ifd', value: { name: `xe-${i}` } } })
    const lost = setTimeout(() => say('waiting', i), 3000)
    const m = await c.next('publish')
    clearTimeout(lost)
    if (!m.topic.endsWith(`/xe-${i}`)) say('unexpected', m.topic, i)
    c.send({ cmd: 'puback', messageId: m.messageId! })
    ms.push(performance.now() - t)
  }
  ms.sort((a, b) => a - b)
  say('p50', ms[n >> 1], 'p99', ms[Math.floor(n * 0.99)], 'max', ms[n - 1])
  c.close()
}
await lat(500)
mq.kill('SIGKILL'); await once(mq, 'exit')
say('killed')
await until(() => !members.has('mqttd'))
mq = run('node', ['../mqttd/src/main.ts'], await env())
await until(() => members.has('mqttd'))
await commit()
await lat(500)
await bus.close()
for (const k of kids.toReversed()) { k.kill('SIGTERM'); if (k.exitCode === null && k.signalCode === null) await once(k, 'exit') }
say('codes', kids.map(k => [k.exitCode, k.signalCode]))
process.exit()
