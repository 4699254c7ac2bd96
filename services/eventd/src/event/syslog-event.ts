import type { SyslogMessage } from '@hangar/protocol/hangar/eventd/v1/eventd_pb'
import { type DeviceEvent, topicOf } from './device-event.ts'
import { eventJson } from './event-json.ts'
import { eventTime } from './event-time.ts'

const style = { escapeSlashes: true, tight: new Set(['process-name']) }

/** A syslog message as an event. One without a tag goes out as SYSTEM, with its text as the one attribute. All attributes are strings. */
export function syslogEvent(message: SyslogMessage): DeviceEvent {
  const id = message.tag || 'SYSTEM'
  return {
    topic: topicOf('syslog', id),
    render: hostname =>
      eventJson(
        [
          ['event-id', id],
          ['hostname', hostname],
          ['time', eventTime(Number(message.timeMs))],
          ['severity', message.severity],
          ['facility', message.facility],
          ['process-id', message.pid],
          ['process-name', message.process],
          ['message', message.tag ? `${message.tag}: ${message.message}` : message.message],
        ],
        message.tag
          ? message.attributes.map(({ name, value }) => [name, value] as const)
          : [['message', message.message] as const],
        style,
      ),
  }
}
