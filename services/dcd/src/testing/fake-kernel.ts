import { Code, ConnectError } from '@connectrpc/connect'
import { createMemoryHub, type MemoryHub } from '@hangar/bus'
import { type ConfigureInterfacesRequest, Kernel } from '@hangar/protocol/hangar/kernel/v1/kernel_pb'
import { ManualClock, seededRandom, silentLogger } from '@hangar/runtime'

export const outside = () => ({ clock: new ManualClock(), random: seededRandom(1), log: silentLogger })

/** A kernel that notes what it is asked, as one line a request: "all xe-0/0/0 lo0", "xe-0/0/1, without xe-0/0/0". */
export class FakeKernel {
  readonly hub: MemoryHub = createMemoryHub({ device: 'test' })
  readonly asked: string[] = []
  /** What the next requests fail with. */
  failures: Error[] = []

  async start(): Promise<void> {
    const bus = this.hub.connect('kernel', outside())
    await bus.serve(Kernel, {
      configureInterfaces: request => this.#take(request),
      watchInterfaces: unused,
      setCarrier: unused,
      programForwarding: unused,
    })
    await bus.announce({ daemon: 'kernel', incarnation: bus.incarnation })
  }

  kill(): void {
    this.hub.kill('kernel')
  }

  #take({ interfaces, removed, all }: ConfigureInterfacesRequest) {
    const names = [...(all ? ['all'] : []), ...interfaces.map(one => one.name)].join(' ')
    this.asked.push(removed.length > 0 ? `${names}, without ${removed.join(' ')}` : names)
    const failure = this.failures.shift()
    if (failure) throw failure
    return {}
  }
}

function unused(): never {
  throw new ConnectError('dcd has no use for this', Code.Unimplemented)
}
