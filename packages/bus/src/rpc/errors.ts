import { Code, ConnectError } from '@connectrpc/connect'

/**
 * Whatever was thrown, as the error that a caller meets. Daemons of a device trust each other and a person reads their logs, so
 * the text of a plain Error is kept; its stack stays with the daemon that threw it.
 */
export function toConnectError(thrown: unknown, code = Code.Internal): ConnectError {
  return ConnectError.from(thrown, code)
}

/** What a call ends with whose signal was aborted. A ConnectError given as the reason is the error. */
export function canceledBy(reason: unknown): ConnectError {
  if (reason instanceof ConnectError) return reason
  return new ConnectError('the call was canceled', Code.Canceled, undefined, undefined, reason)
}

export function canceled(): ConnectError {
  return new ConnectError('the call was canceled', Code.Canceled)
}

export function deadlineExceeded(): ConnectError {
  return new ConnectError('the deadline has passed', Code.DeadlineExceeded)
}

export function unavailable(daemon: string, why: string): ConnectError {
  return new ConnectError(`${daemon}: ${why}`, Code.Unavailable)
}
