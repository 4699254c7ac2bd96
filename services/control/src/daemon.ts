import { defineDaemon } from '@hangar/daemon'
import { Control } from '@hangar/protocol/hangar/control/v1/control_pb'
import type { Announcement } from '@hangar/protocol/hangar/daemon/v1/daemon_pb'
import { Kernel } from '@hangar/protocol/hangar/kernel/v1/kernel_pb'
import { controlService } from './api/control.ts'
import { serveControl } from './api/http.ts'
import { readinessOf } from './readiness/boot.ts'

export interface ControlOptions {
  /** Of the HTTP listener; 0: any free one. */
  port: number
  onListening?(endpoint: { host: string; port: number }): void
  /** Called once, when every boot signal has been reached. */
  onReady?(): void
}

/** Readiness, faults and the clock of a device, for tests and people. Not a daemon of Junos. */
export const control = defineDaemon<ControlOptions>({
  name: 'control',
  title: 'Control',
  async start(host, options) {
    const members = new Map<string, Announcement>()
    let waiting = options.onReady
    const watch = await host.bus.watchMembers({
      up(announcement) {
        members.set(announcement.daemon, announcement)
        if (!waiting || !readinessOf(members.values()).ready) return
        waiting()
        waiting = undefined
      },
      down(daemon, incarnation) {
        if (members.get(daemon)?.incarnation === incarnation) members.delete(daemon)
      },
    })
    host.lifecycle.onStop('members', async () => watch[Symbol.asyncDispose]())

    // Cut off from the others, nobody can say that they are ready.
    const readiness = () => readinessOf(host.bus.connected ? members.values() : [])
    const service = controlService({ readiness, kernel: host.bus.client('kernel', Kernel) })
    host.serve(Control, service)

    const listener = await serveControl({ host: host.listenHost, port: options.port, service, readiness })
    host.lifecycle.onStop('listener', () => listener.close())
    options.onListening?.(listener)
  },
})
