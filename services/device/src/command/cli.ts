import { connect } from 'node:net'
import { HangarError, messageOf } from '@hangar/runtime'
import { Client, type ClientChannel, type PseudoTtyOptions } from 'ssh2'
import { consoleSocket } from '../device/console-socket.ts'
import type { CliArguments } from './arguments.ts'

/** `hangar cli`: the CLI of a running device in this terminal, or some commands of it. Resolves with the exit code. */
export async function cli(options: CliArguments): Promise<number> {
  const connection = await openConsole(options.directory, options.user ?? 'root')
  try {
    return options.commands.length > 0
      ? await exec(connection, options.commands.join('\n'))
      : await interactive(connection)
  } finally {
    connection.end()
  }
}

/** SSH over the device's own unix socket: who may open the socket may use the console. */
function openConsole(directory: string, username: string): Promise<Client> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error & { level?: string }) => {
      const why =
        error.level === 'client-authentication'
          ? `the device in ${directory} has no user '${username}'`
          : `no device answers in ${directory} (${messageOf(error)}); start one with hangar up`
      reject(new HangarError('HGR_NO_DEVICE', why, { cause: error }))
    }
    const sock = connect(consoleSocket(directory)).once('error', fail)
    const client = new Client()
    client.once('ready', () => resolve(client)).once('error', fail)
    client.connect({ sock, username })
  })
}

/** What is piped in is for a command that reads on, as `load set terminal` does. */
function exec(connection: Client, command: string): Promise<number> {
  return new Promise((resolve, reject) => {
    connection.exec(command, (error, channel) => {
      if (error) return reject(error)
      resolve(attach(channel))
      if (process.stdin.isTTY) channel.end()
      else process.stdin.pipe(channel)
    })
  })
}

async function interactive(connection: Client): Promise<number> {
  const { stdin, stdout } = process
  const size = () => ({ cols: stdout.columns ?? 80, rows: stdout.rows ?? 24, width: 0, height: 0 })
  const tty = stdin.isTTY === true
  // Before the first prompt can be seen: what is typed from then on is echoed by the far side alone.
  if (tty) stdin.setRawMode(true)
  try {
    const { channel, status } = await openShell(connection, tty && { term: process.env.TERM ?? 'vt100', ...size() })
    stdout.on('resize', () => {
      const { rows, cols } = size()
      channel.setWindow(rows, cols, 0, 0)
    })
    stdin.pipe(channel)
    return await status
  } finally {
    if (tty) stdin.setRawMode(false)
    stdin.unpipe()
  }
}

function openShell(
  connection: Client,
  window: PseudoTtyOptions | false,
): Promise<{ channel: ClientChannel; status: Promise<number> }> {
  return new Promise((resolve, reject) => {
    connection.shell(window, (error, channel) =>
      error ? reject(error) : resolve({ channel, status: attach(channel) }),
    )
  })
}

/**
 * Output as it comes; the exit code of the far side, 1 where it gave none. To be called as soon as the channel is there: a short
 * command's exit code may arrive in the same packet as the word that it was started.
 */
function attach(channel: ClientChannel): Promise<number> {
  channel.pipe(process.stdout, { end: false })
  channel.stderr.pipe(process.stderr, { end: false })
  return new Promise(resolve => {
    let code = 1
    channel.on('exit', (given: number | null) => {
      code = given ?? 1
    })
    channel.on('close', () => resolve(code))
  })
}
