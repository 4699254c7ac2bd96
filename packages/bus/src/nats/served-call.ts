import type { ConnectError, MethodImplSpec } from '@connectrpc/connect'
import { type Clock, type Logger, messageOf } from '@hangar/runtime'
import { CallContext } from '../rpc/context.ts'
import type { PendingCall } from '../rpc/lease.ts'
import { decodeMetadata, encodeFailure } from './failure.ts'
import { type CallFrame, encodePlain, FrameType } from './frame.ts'
import type { Link } from './link.ts'

/** A call that came to this end. */
export interface IncomingCall {
  link: Link
  clock: Clock
  log: Logger
  spec: MethodImplSpec
  frame: CallFrame
  /** Where the caller hears the answer. */
  reply: string
  /** Calls of the same caller. */
  owners: Set<PendingCall>[]
  /** The call is over. */
  onOver(): void
}

export function contextOf({ spec, clock, frame }: IncomingCall): CallContext {
  const { timeoutMs, metadata } = frame
  return new CallContext({
    method: spec.method,
    clock,
    deadline: timeoutMs === undefined ? undefined : clock.monotonic() + timeoutMs,
    requestHeader: metadata ? decodeMetadata(metadata).header : undefined,
  })
}

/** Sends an answer of any size. When it cannot leave, the connection was lost and the caller knows: its call failed with it. */
export async function answerWith(call: Pick<IncomingCall, 'link' | 'log' | 'reply'>, frame: Uint8Array): Promise<void> {
  try {
    await call.link.send(call.reply, frame)
  } catch (error) {
    call.log.debug({ error: messageOf(error) }, 'an answer could not be sent')
  }
}

export function refuse(call: Pick<IncomingCall, 'link' | 'log' | 'reply'>, error: ConnectError): void {
  void answerWith(call, encodePlain(FrameType.failure, encodeFailure(error)))
}
