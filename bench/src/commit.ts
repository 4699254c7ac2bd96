import { once } from 'node:events'
import { defaultUser } from '@hangar/device/default-user'
import { connectAsync } from 'mqtt'
import { Client } from 'ssh2'
import { hangarOnNats } from './hangar-on-nats.ts'
import { hangarUp } from './hangar-up.ts'
import { type BenchRow, percentile } from './row.ts'

const COMMITS = Number(process.env.COMMITS ?? 1000)

/** From the Enter of `commit` at the CLI to the ifa message at an MQTT subscriber, the device in one process and as processes on NATS. */
export async function benchCommit(): Promise<BenchRow[]> {
  const rows: BenchRow[] = []
  for (const [way, start] of [
    ['memory', hangarUp],
    ['NATS', hangarOnNats],
  ] as const) {
    const device = await start()
    const times = await commitLatencies(device.endpoints).finally(() => device.stop())
    const what = `commit of one address to MQTT message, ${way}, ${COMMITS} commits`
    rows.push({ what: `${what}, p50`, value: percentile(times, 50), unit: 'ms' })
    rows.push({ what: `${what}, p99`, value: percentile(times, 99), unit: 'ms', aim: '10' })
  }
  return rows
}

export async function commitLatencies(endpoints: { mqtt: string; ssh: string }): Promise<number[]> {
  const subscriber = await connectAsync(`mqtt://${endpoints.mqtt}`)
  await subscriber.subscribeAsync('/junos/events/kernel/interfaces/ifa/add/#')
  const shell = await openShell(endpoints.ssh)
  await shell.enter('configure')
  const times: number[] = []
  for (let n = 0; n < COMMITS; n++) {
    const address = (of: number) => `10.${of >> 8}.${of & 255}.1/24`
    if (n > 0) await shell.enter(`delete interfaces xe-0/0/0 unit 0 family inet address ${address(n - 1)}`)
    await shell.enter(`set interfaces xe-0/0/0 unit 0 family inet address ${address(n)}`)
    const message = new Promise(resolve => subscriber.once('message', resolve))
    const start = performance.now()
    const committed = shell.enter('commit')
    await message
    times.push(performance.now() - start)
    await committed
  }
  shell.close()
  await subscriber.endAsync()
  return times
}

/** A person's session: lines are typed, the prompt is waited for. */
async function openShell(endpoint: string) {
  const [host, port] = endpoint.split(':')
  const client = new Client()
  client.connect({ host: host!, port: Number(port), username: defaultUser.name, password: defaultUser.password })
  await once(client, 'ready')
  client.setNoDelay(true) // as OpenSSH does
  const channel = await new Promise<import('ssh2').ClientChannel>((resolve, reject) =>
    client.shell({ term: 'vt100', rows: 24, cols: 200 }, (error, opened) => (error ? reject(error) : resolve(opened))),
  )
  let output = ''
  let wake = () => {}
  channel.on('data', (chunk: Buffer) => {
    output += chunk
    wake()
  })
  const prompt = async () => {
    while (!/@[\w.-]+[>#] $/.test(output))
      await new Promise<void>(resolve => {
        wake = resolve
      })
    output = ''
  }
  await prompt()
  return {
    enter(line: string): Promise<void> {
      output = ''
      channel.write(`${line}\r`)
      return prompt()
    },
    close: () => client.end(),
  }
}
