import type { SyslogMessage } from '@hangar/protocol/hangar/eventd/v1/eventd_pb'

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** `Mar  5 14:47:45`, on UTC. */
export function logTime(ms: number): string {
  const date = new Date(ms)
  return `${months[date.getUTCMonth()]} ${`${date.getUTCDate()}`.padStart(2)} ${date.toISOString().slice(11, 19)}`
}

/** A message as a line of a log file, as recorded: `Mar  5 14:47:45  host mgd[91373]: UI_COMMIT: User ...`. Always one line. */
export function logLine(message: SyslogMessage, hostname: string): string {
  const process = message.pid === 0 ? message.process : `${message.process}[${message.pid}]`
  const tag = message.tag === '' ? '' : `${message.tag}: `
  return visible(`${logTime(Number(message.timeMs))}  ${hostname} ${process}: ${tag}${message.message}`)
}

/** Control characters as `\012`: nobody forges a second line with a line feed. */
function visible(text: string): string {
  return text.replace(/\p{Cc}/gu, char => `\\${char.charCodeAt(0).toString(8).padStart(3, '0')}`)
}
