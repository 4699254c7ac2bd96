import { element, type XmlElement } from '@hangar/xml'
import type { Session } from '../session/session.ts'

/** The clients as data, the way a router's XML has them. */
export function clientsElement(sessions: Iterable<Session>): XmlElement {
  return element('request-response-client-information', [...sessions].map(clientElement))
}

function clientElement(session: Session): XmlElement {
  const user = session.identity?.user || 'No User'
  return element('request-response-client', [
    element('client-id', session.clientId),
    element('socket-address', session.peer),
    element('client-type', 'gRPC'),
    element('client-login-time', loginTime(session.loginTime)),
    element('channel-count', session.channels.size),
    element(
      'grpc-channel-information',
      [...session.channels].map(daemon =>
        element('grpc-channel', [
          element('target', `unix:/var/run/japi_${daemon}`),
          element('status', 'GRPC_CHANNEL_READY'),
          element('user', user),
        ]),
      ),
    ),
  ])
}

/** "Mon Jun 29 01:42:55 2026", in UTC whatever the device's time zone. */
export function loginTime(time: number | undefined): string {
  if (time === undefined) return 'No Login Time'
  const [weekday, day, month, year, clock] = new Date(time).toUTCString().replace(',', '').split(' ')
  return `${weekday} ${month} ${day!.replace(/^0/, ' ')} ${clock} ${year}`
}
