import type { SyslogMessage } from '@hangar/protocol/hangar/eventd/v1/eventd_pb'

/** Characters of a message's text, and of all its attributes' values together: a command line may be megabytes, a notification may not. */
const longestText = 8192
const longestName = 64
const mostAttributes = 64

/** The message with its texts cut to what log files and the broker take: rendered, it stays below 150 kB. */
export function boundedMessage(message: SyslogMessage): SyslogMessage {
  let left = longestText
  const attributes = message.attributes.slice(0, mostAttributes).map(attribute => {
    const value = attribute.value.slice(0, left)
    left -= value.length
    return { ...attribute, name: attribute.name.slice(0, longestName), value }
  })
  return {
    ...message,
    attributes,
    message: message.message.slice(0, longestText),
    tag: message.tag.slice(0, longestName),
    process: message.process.slice(0, longestName),
    severity: message.severity.slice(0, longestName),
    facility: message.facility.slice(0, longestName),
  }
}
