import type { ConfigUpdate } from '@hangar/protocol/hangar/mgd/v1/mgd_pb'
import { type DeviceEvent, topicOf } from './device-event.ts'

/** A commit as an event: the one that has no `jet-event` around it. */
export function configUpdateEvent({ commitPatch }: ConfigUpdate): DeviceEvent {
  return {
    topic: topicOf('genpub', 'config-update'),
    render: () => JSON.stringify({ 'commit-patch': commitPatch }, null, 4),
  }
}
