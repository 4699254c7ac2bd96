import type { ServerChannel, Session } from 'ssh2'
import { ChannelTerminal } from './channel-terminal.ts'
import type { RunningCli, SshServices, Visitor } from './services.ts'

/** The longest script that `ssh host '...'` may carry, in characters. */
const longestScript = 1024 * 1024

export interface SessionOptions {
  visitor: Visitor
  services: SshServices
  /** What may be asked for. */
  kinds: ReadonlySet<'cli' | 'netconf'>
  connectionClosed: AbortSignal
  /** A session that began to do something is over. */
  onClose(): void
}

/** One session channel: what it asks for is one of a shell, a command or NETCONF, perhaps with a terminal. */
export function serveSession(session: Session, options: SessionOptions): void {
  const { visitor, services, kinds, connectionClosed } = options
  let size: { columns: number; rows: number } | undefined
  let terminal: ChannelTerminal | undefined
  let running: RunningCli | undefined

  const start = (channel: ServerChannel, run: (terminal: ChannelTerminal) => RunningCli) => {
    terminal = new ChannelTerminal(channel, size)
    running = run(terminal)
    const mine = running
    const end = () => mine.end()
    // A channel whose input nobody reads does not tell of its close; the session and the connection do.
    session.once('close', end)
    connectionClosed.addEventListener('abort', end, { once: true })
    mine.status.then(status => {
      connectionClosed.removeEventListener('abort', end)
      finish(channel, status)
      options.onClose()
    })
  }

  session.on('pty', (accept, _reject, info) => {
    size = { columns: bounded(info.cols), rows: bounded(info.rows) }
    accept?.()
  })
  session.on('window-change', (accept, _reject, info) => {
    size = { columns: bounded(info.cols), rows: bounded(info.rows) }
    terminal?.resize(size)
    accept?.()
  })
  session.on('signal', (accept, _reject, info) => {
    accept?.()
    if (info.name === 'INT') running?.interrupt()
    else if (info.name === 'HUP' || info.name === 'TERM' || info.name === 'KILL') running?.end()
  })
  if (kinds.has('cli')) {
    session.on('shell', accept => start(accept(), at => services.shell(visitor, at)))
    session.on('exec', (accept, reject, info) => {
      if (info.command.length > longestScript) return reject?.()
      // What clients fall back to where the subsystem is refused.
      if (kinds.has('netconf') && /^\s*(xml-mode\s+)?netconf(\s+need-trailer)?\s*$/.test(info.command))
        return start(accept(), at => services.netconf(visitor, at))
      start(accept(), at => services.exec(visitor, at, info.command))
    })
  }
  session.on('subsystem', (accept, reject, info) => {
    if (info.name !== 'netconf' || !kinds.has('netconf')) return reject?.()
    start(accept(), at => services.netconf(visitor, at))
  })
}

/** The status, then the end of output: a client that has both closes. */
function finish(channel: ServerChannel, status: number): void {
  if (!channel.writable) return
  channel.exit(status)
  channel.end()
  // What the client still sends is of no use to anybody, but has to be taken for the end to be seen.
  channel.resume()
}

/** A terminal's width or height as told by a client; 0 stands for unknown. */
function bounded(given: number): number {
  return Number.isInteger(given) && given > 0 ? Math.min(given, 65_535) : 0
}
