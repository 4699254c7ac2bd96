import type { CallOptions } from '@connectrpc/connect'
import { systemClock } from '@hangar/runtime'
import type { WireCall } from '../transport/wire-call.ts'

/**
 * How a call's end travels on: its cancellation and what is left of its deadline. The transport counts deadlines on the
 * machine's own clock, also on a device whose clock is being wound forward.
 */
export function callOptions(call: WireCall, signal: AbortSignal): CallOptions {
  const deadline = Number(call.getDeadline())
  return deadline === Number.POSITIVE_INFINITY
    ? { signal }
    : { signal, timeoutMs: Math.max(deadline - systemClock.now(), 1) }
}
