import type { ServerChannel } from 'ssh2'

/*
 * The door of NETCONF: hello, close-session, and an honest rpc-error for everything else. The operations themselves are not
 * there yet; a client connects, sees that, and leaves in order.
 */

const capabilities = [
  'urn:ietf:params:netconf:base:1.0',
  'urn:ietf:params:xml:ns:netconf:base:1.0',
  'http://xml.juniper.net/netconf/junos/1.0',
  'http://xml.juniper.net/dmi/system/1.0',
]
/** End of a message, RFC 6242 section 4.3. */
const trailer = ']]>]]>'
/** The longest message taken, in bytes. */
const longestMessage = 1024 * 1024
const namespace = 'urn:ietf:params:xml:ns:netconf:base:1.0'

/** Serves one NETCONF session on the channel until it closes. */
export function serveNetconf(
  channel: ServerChannel,
  options: { user: string; loginClass: string; sessionId: number },
): void {
  let received = Buffer.alloc(0)
  channel.on('error', () => {})
  channel.write(hello(options))
  channel.on('data', (piece: Buffer) => {
    received = Buffer.concat([received, piece])
    for (let end = received.indexOf(trailer); end >= 0; end = received.indexOf(trailer)) {
      const message = received.toString('utf8', 0, end)
      received = received.subarray(end + trailer.length)
      if (!answer(channel, message)) return
    }
    if (received.length > longestMessage) leave(channel)
  })
  channel.on('end', () => leave(channel))
}

/** False when the session is over. */
function answer(channel: ServerChannel, message: string): boolean {
  const rpc = /<(?:[\w.-]+:)?rpc(\s[^>]*)?>\s*<(?:[\w.-]+:)?([\w.-]+)/.exec(message)
  if (!rpc) return true
  const attributes = rpc[1]?.trimEnd().replace(/\sxmlns(?::[\w.-]+)?=("[^"]*"|'[^']*')/g, '') ?? ''
  const reply = (inner: string) =>
    channel.write(`<rpc-reply xmlns="${namespace}"${attributes}>${inner}</rpc-reply>\n${trailer}\n`)
  if (rpc[2] === 'close-session') {
    reply('<ok/>')
    leave(channel)
    return false
  }
  reply(
    '<rpc-error><error-type>protocol</error-type><error-tag>operation-not-supported</error-tag>' +
      `<error-severity>error</error-severity><error-message>${rpc[2]} is not supported</error-message></rpc-error>`,
  )
  return true
}

function leave(channel: ServerChannel): void {
  if (!channel.writable) return
  channel.exit(0)
  channel.end()
}

function hello({ user, loginClass, sessionId }: { user: string; loginClass: string; sessionId: number }): string {
  const list = capabilities.map(one => `<capability>${one}</capability>`).join('')
  return (
    '<!-- No zombies were killed during the creation of this user interface -->\n' +
    `<!-- user ${user}, class ${loginClass} -->\n` +
    `<hello xmlns="${namespace}"><capabilities>${list}</capabilities><session-id>${sessionId}</session-id></hello>\n${trailer}\n`
  )
}
