import { Code, ConnectError } from '@connectrpc/connect'
import { createMemoryHub, StateOwner } from '@hangar/bus'
import { startDaemon } from '@hangar/daemon'
import {
  Daemon,
  RunCommandRequest_Format as Format,
  type RunCommandRequest,
} from '@hangar/protocol/hangar/daemon/v1/daemon_pb'
import { type JetClient, Jsd } from '@hangar/protocol/hangar/jsd/v1/jsd_pb'
import { Kernel, type PhysicalInterface } from '@hangar/protocol/hangar/kernel/v1/kernel_pb'
import { ManualClock, seededRandom, silentLogger } from '@hangar/runtime'
import { rpd } from '../daemon.ts'
import { FakeKernel } from './kernel.ts'

/** rpd on a bus, and those that it hears and tells: kernel, dcd, jsd, mgd. None is there until it is started. */
export async function amongNeighbours() {
  const world = { clock: new ManualClock(), random: seededRandom(1), log: silentLogger }
  const hub = createMemoryHub({ device: 'test' })
  const running = await startDaemon(
    rpd,
    { ...world, bus: hub.connect('rpd', world), listenHost: '127.0.0.1' },
    undefined,
  )

  const forwarding = new FakeKernel()
  const kernel = {
    forwarding,
    ports: undefined as StateOwner<PhysicalInterface> | undefined,
    async start() {
      const bus = hub.connect('kernel', world)
      const ports = new StateOwner<PhysicalInterface>({ incarnation: bus.incarnation })
      this.ports = ports
      await bus.serve(Kernel, {
        programForwarding: request => forwarding.program(request),
        async *watchInterfaces(_request, { signal }) {
          for await (const { mark, key, value } of ports.watch(signal))
            yield value ? { mark, name: key, interface: value } : { mark, name: key }
        },
        configureInterfaces: unused,
        setCarrier: unused,
      })
      await bus.announce({ daemon: 'kernel', incarnation: bus.incarnation })
    },
  }
  const dcd = {
    async start() {
      const bus = hub.connect('dcd', world)
      await bus.announce({ daemon: 'dcd', incarnation: bus.incarnation, signals: ['INTERFACES_UP'] })
    },
  }
  const jsd = {
    clients: undefined as StateOwner<JetClient> | undefined,
    async start() {
      const bus = hub.connect('jsd', world)
      const clients = new StateOwner<JetClient>({ incarnation: bus.incarnation })
      this.clients = clients
      await bus.serve(Jsd, {
        async *watchClients(_request, { signal }) {
          for await (const { mark, key, value } of clients.watch(signal))
            yield value ? { mark, session: key, client: value } : { mark, session: key }
        },
      })
      await bus.announce({ daemon: 'jsd', incarnation: bus.incarnation })
      return bus
    },
  }

  const mgd = hub.connect('mgd', world).client('rpd', Daemon)
  let revision = 0n
  return {
    hub,
    running,
    clock: world.clock,
    kernel,
    dcd,
    jsd,
    /** A commit of these lines. Resolves to what is wrong. */
    async commit(...lines: string[]) {
      const [baseRevision, snapshot] = [revision, revision === 0n]
      const request = { transaction: `t${revision}`, lines, snapshot, baseRevision, revision: revision + 1n }
      const check = await mgd.checkConfiguration(request)
      if (check.problems.length > 0) return check.problems.map(one => one.message)
      revision += 1n
      const { problems } = await mgd.applyConfiguration({ transaction: request.transaction })
      return problems.map(one => one.message)
    },
    /** What a command prints. */
    async command(command: string, options: RunCommandRequest['options'] = {}) {
      let output = ''
      for await (const part of mgd.runCommand({ command, options, format: Format.TEXT }))
        output += part.output + part.error
      return output
    },
  }
}

function unused(): never {
  throw new ConnectError('rpd has no use for this', Code.Unimplemented)
}
