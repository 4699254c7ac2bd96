import type { ConnectError } from '@connectrpc/connect'
import type { BusOptions } from '../options.ts'
import type { PendingCall } from '../rpc/lease.ts'
import type { ServedServices } from '../rpc/services.ts'
import type { EventExchange } from './events.ts'
import type { MemberBoard } from './members.ts'

/** What the ends of one hub have in common. */
export interface HubShared {
  device: string
  find(daemon: string): Member | undefined
  members: MemberBoard
  events: EventExchange
}

/** What one end has to know of another to call it. */
export interface Member {
  readonly options: BusOptions
  /** What it serves. */
  readonly services: ServedServices
  /** Calls that it makes or serves. */
  readonly calls: Set<PendingCall>
  /** Why it can no longer be used; undefined while it can. */
  readonly gone: ConnectError | undefined
}
