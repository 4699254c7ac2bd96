import type { Socket } from 'node:net'
import type { Clock, Logger } from '@hangar/runtime'
import { messageOf } from '@hangar/runtime'
import type { ParsedKey } from 'ssh2'
import { serveConnection } from './connection.ts'
import { hostKeys } from './host-keys.ts'
import type { SshGate, SshServices } from './services.ts'

/**
 * Where sockets become SSH connections. The SSH library and the host keys are loaded for the first of them: a device that nobody
 * logs in to by SSH starts without their cost.
 */
export class Door {
  readonly #options: { keyDirectory: string; services: SshServices; clock: Clock; log: Logger }
  #ready: Promise<{ ssh2: typeof import('ssh2'); keys: ParsedKey[] }> | undefined

  constructor(options: { keyDirectory: string; services: SshServices; clock: Clock; log: Logger }) {
    this.#options = options
  }

  /** Serves the socket; one that cannot be served is closed. */
  async admit(
    socket: Socket,
    at: { gate: SshGate; kinds: ReadonlySet<'cli' | 'netconf'>; maxSessions: number; from: string },
  ) {
    const { services, clock, log } = this.#options
    socket.pause()
    try {
      this.#ready ??= this.#load()
      const { ssh2, keys } = await this.#ready
      if (socket.destroyed) return
      serveConnection(socket, { ssh2, hostKeys: keys, services, clock, log, ...at })
    } catch (error) {
      this.#ready = undefined
      log.error({ error: messageOf(error) }, 'cannot serve ssh')
      socket.destroy()
    }
  }

  async #load() {
    const { default: ssh2 } = await import('ssh2')
    const keys = (await hostKeys(this.#options.keyDirectory)).map(text => {
      const parsed = ssh2.utils.parseKey(text)
      const key = Array.isArray(parsed) ? parsed[0] : parsed
      if (!key || key instanceof Error) throw new Error(`a host key cannot be read: ${messageOf(key)}`)
      return key
    })
    return { ssh2, keys }
  }
}
