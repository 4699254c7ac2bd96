import { createMemoryHub } from '@hangar/bus'
import { startDaemon } from '@hangar/daemon'
import {
  Daemon,
  RunCommandRequest_Format as Format,
  type RunCommandRequest,
} from '@hangar/protocol/hangar/daemon/v1/daemon_pb'
import { Kernel } from '@hangar/protocol/hangar/kernel/v1/kernel_pb'
import { ManualClock, seededRandom, silentLogger } from '@hangar/runtime'
import { afterEach, expect, test } from 'vitest'
import { kernel } from './daemon.ts'

const stops: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

const world = { clock: new ManualClock(), random: seededRandom(1), log: silentLogger }

async function run(ports?: string[]) {
  const hub = createMemoryHub({ device: 'test' })
  const bus = hub.connect('kernel', world)
  const running = await startDaemon(kernel, { ...world, bus, listenHost: '127.0.0.1' }, ports && { ports })
  stops.push(() => running.stop())
  const mgd = hub.connect('mgd', world)
  const daemon = mgd.client('kernel', Daemon)
  const command = async (text: string, options: RunCommandRequest['options'] = {}, format = Format.TEXT) => {
    let output = ''
    for await (const part of daemon.runCommand({ command: text, options, format })) {
      output += part.error === '' ? part.output : `error: ${part.error}\n`
    }
    return output
  }
  return { hub, daemon, command, running, client: mgd.client('kernel', Kernel) }
}

/** A daemon that holds one socket open, and says so when `answer` lets it. */
async function listener(hub: ReturnType<typeof createMemoryHub>, name: string, port: number, answer?: Promise<void>) {
  const bus = hub.connect(name, world)
  const unused = () => {
    throw new Error('not asked for')
  }
  await bus.serve(Daemon, {
    checkConfiguration: unused,
    applyConfiguration: unused,
    runCommand: unused,
    complete: unused,
    describeJet: unused,
    async listSockets() {
      await answer
      return { sockets: [{ protocol: 'tcp4', local: `*.${port}`, foreign: '*.*', state: 'LISTEN' }] }
    },
  })
  await bus.announce({ daemon: name, incarnation: bus.incarnation })
}

test('ports are an option; commands and completion know them', async () => {
  const { command, daemon } = await run(['ge-0/0/0'])
  expect(await command('show interfaces', { terse: '' })).toBe(
    [
      'Interface               Admin Link Proto    Local                 Remote',
      'ge-0/0/0                up    up',
      'em0                     up    up',
      'lo0                     up    up',
      '',
    ].join('\n'),
  )
  expect(await command('show interfaces', { terse: '', 'interface-name': 'xe-9/9/9' })).toBe(
    'error: device xe-9/9/9 not found\n',
  )
  expect(await command('show interfaces', { terse: '', 'interface-name': 'lo0' }, Format.JSON)).toContain(
    '"interface-information": [',
  )
  const { candidates } = await daemon.complete({ completion: 'interface-name', prefix: 'ge' })
  expect(candidates.map(one => one.name)).toEqual(['ge-0/0/0'])
})

test('has its forwarding tables when the first snapshot is complete', async () => {
  const { running, client, command, daemon } = await run()
  expect(running.health.missing()).toEqual(['FIB_SYNCED'])
  const red = { id: 1, name: 'red.inet.0', family: 'inet', instance: 'red' }
  await client.programForwarding({ incarnation: 'a', sequence: 1n, snapshot: true, tables: [red] })
  expect(running.health.ready()).toBe(false)
  await client.programForwarding({ incarnation: 'a', sequence: 2n, synced: true })
  expect(running.health.ready()).toBe(true)
  expect(await command('show route forwarding-table', { summary: '' })).toContain('Routing table: red.inet\n')
  const { candidates } = await daemon.complete({ completion: 'forwarding-table', prefix: '' })
  expect(candidates.map(one => one.name)).toEqual(['red'])
})

test('sockets are those of every daemon that answers', async () => {
  const { hub, command } = await run()
  await listener(hub, 'jsd', 32767)
  await listener(hub, 'mqttd', 1883)
  await listener(hub, 'gone', 9999)
  hub.kill('gone')
  const connections = command('show system connections')
  expect((await connections).split('\n').slice(2)).toEqual([
    'tcp4       0      0  *.1883                                        *.*                                           LISTEN',
    'tcp4       0      0  *.32767                                       *.*                                           LISTEN',
    '',
  ])
})

test('a daemon that does not answer in time is left out', async () => {
  const { hub, command } = await run()
  await listener(hub, 'jsd', 32767)
  await listener(hub, 'stuckd', 1, new Promise(() => {}))
  const connections = command('show system connections')
  await new Promise(setImmediate)
  await world.clock.advance(1_000)
  expect((await connections).split('\n').slice(2)).toEqual([expect.stringContaining('*.32767'), ''])
})
