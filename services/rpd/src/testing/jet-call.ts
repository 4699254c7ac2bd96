import { create } from '@bufbuild/protobuf'
import type { JetCall } from '@hangar/daemon'
import { CallerSchema } from '@hangar/protocol/hangar/daemon/v1/daemon_pb'

/** A call as jsd hands it on. The session is named after the client unless another is given. */
export function jetCall(
  clientId: string,
  session = `session of ${clientId}`,
  signal = new AbortController().signal,
): JetCall {
  return {
    caller: create(CallerSchema, {
      session,
      clientId,
      user: 'lab',
      loginClass: 'super-user',
      peer: 'ipv4:127.0.0.1:50000',
    }),
    signal,
  }
}
