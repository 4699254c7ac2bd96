import { type Client, Code, ConnectError, type ServiceImpl } from '@connectrpc/connect'
import type { Control } from '@hangar/protocol/hangar/control/v1/control_pb'
import type { Kernel } from '@hangar/protocol/hangar/kernel/v1/kernel_pb'
import type { Readiness } from '../readiness/boot.ts'

/** The control API, as Connect serves it and the bus too. */
export function controlService(device: {
  readiness(): Readiness
  kernel: Client<typeof Kernel>
}): ServiceImpl<typeof Control> {
  return {
    getReadiness: () => device.readiness(),
    async setInterfaceLink(request) {
      if (!request.interface) throw new ConnectError('interface: a name is needed, as xe-0/0/0', Code.InvalidArgument)
      await device.kernel.setCarrier({ name: request.interface, up: request.up })
      return {}
    },
  }
}
