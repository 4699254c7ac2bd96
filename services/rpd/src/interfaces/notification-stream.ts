import type { InterfaceChange, Interfaces } from './interfaces.ts'
import type { LogicalInterface } from './logical-interface.ts'

export type InterfaceStatus = 'changed' | 'up' | 'down' | 'deleted'

/** What a client is told of an interface. What is down or gone has its name alone. */
export interface InterfaceNotification {
  readonly name: string
  readonly status: InterfaceStatus
  readonly ifl: LogicalInterface | undefined
}

/** Interfaces in one message. */
const MOST = 256

/**
 * One client's notifications: all interfaces, then what changes. A client that reads slowly gets the last state of each, so that it costs no more than
 * the names of those that are there or that it was told of.
 */
export class NotificationStream implements AsyncIterableIterator<readonly InterfaceNotification[]> {
  readonly #interfaces: Interfaces
  /** What is still to be told, in the order of the first change. */
  readonly #pending = new Map<string, InterfaceStatus>()
  readonly #told = new Set<string>()
  readonly #onEnd: () => void
  #ended = false
  #wake: (() => void) | undefined

  constructor(interfaces: Interfaces, onEnd: () => void) {
    this.#interfaces = interfaces
    this.#onEnd = onEnd
    this.refresh()
  }

  /** All interfaces are told again. */
  refresh(): void {
    for (const { name, up } of this.#interfaces) this.#pending.set(name, up ? 'up' : 'down')
    this.#wake?.()
  }

  changed(changes: readonly InterfaceChange[]): void {
    for (const { name, before, after } of changes) {
      if (!after) {
        if (this.#told.has(name)) this.#pending.set(name, 'deleted')
        else this.#pending.delete(name)
      } else if (before?.up !== after.up) this.#pending.set(name, after.up ? 'up' : 'down')
      // Up and down outweigh changed: an entry of theirs says what changed too.
      else if (!this.#pending.has(name)) this.#pending.set(name, 'changed')
    }
    this.#wake?.()
  }

  async next(): Promise<IteratorResult<readonly InterfaceNotification[]>> {
    while (!this.#ended) {
      const notifications = this.#take()
      if (notifications.length > 0) return { done: false, value: notifications }
      const { promise, resolve } = Promise.withResolvers<void>()
      this.#wake = resolve
      await promise
    }
    return { done: true, value: undefined }
  }

  return(): Promise<IteratorResult<readonly InterfaceNotification[]>> {
    this.end()
    return Promise.resolve({ done: true, value: undefined })
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  end(): void {
    if (this.#ended) return
    this.#ended = true
    this.#pending.clear()
    this.#wake?.()
    this.#onEnd()
  }

  #take(): InterfaceNotification[] {
    const notifications: InterfaceNotification[] = []
    for (const [name, status] of this.#pending) {
      if (notifications.length === MOST) break
      this.#pending.delete(name)
      if (status === 'deleted') this.#told.delete(name)
      else this.#told.add(name)
      notifications.push(notification(name, status, this.#interfaces.get(name)))
    }
    return notifications
  }
}

export function notification(
  name: string,
  status: InterfaceStatus,
  ifl: LogicalInterface | undefined,
): InterfaceNotification {
  return { name, status, ifl: status === 'down' || status === 'deleted' ? undefined : ifl }
}
