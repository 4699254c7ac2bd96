import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type CommandLine, split, user } from '../device.ts'
import { Program } from './program.ts'
import { Terminal } from './terminal.ts'

/** Gives OpenSSH the password, which it takes from a program when there is no terminal. */
const askpass = (() => {
  const file = join(mkdtempSync(join(tmpdir(), 'hangar-askpass-')), 'askpass')
  writeFileSync(file, `#!/bin/sh\necho "$HANGAR_PASSWORD"\n`, { mode: 0o700 })
  return file
})()

const quiet = ['-o', 'StrictHostKeyChecking=no', '-o', 'UserKnownHostsFile=/dev/null', '-o', 'LogLevel=ERROR']
const passwordOnly = ['-o', 'PubkeyAuthentication=no', '-o', 'NumberOfPasswordPrompts=1']

function commandLine(
  endpoint: string,
  name: string,
  options: readonly string[],
  command: readonly string[],
): CommandLine {
  const { host, port } = split(endpoint)
  return ['ssh', ...options, ...quiet, ...passwordOnly, '-p', String(port), `${name}@${host}`, ...command]
}

function environment(password: string): NodeJS.ProcessEnv {
  return { SSH_ASKPASS: askpass, SSH_ASKPASS_REQUIRE: 'force', HANGAR_PASSWORD: password }
}

interface As {
  name?: string
  password?: string
}

/** `ssh host 'command'`; without a command `input` is piped into the CLI. No PTY either way. */
export async function ssh(endpoint: string, command?: string, input = '', as: As = {}) {
  const { name, password } = { ...user, ...as }
  const [file, ...args] = commandLine(endpoint, name, ['-T'], command === undefined ? [] : [command])
  const program = new Program(file, args, environment(password))
  return program.end(input)
}

/** A person at the CLI: OpenSSH with a PTY at the far end. */
export async function openShell(endpoint: string): Promise<Terminal> {
  const terminal = new Terminal(commandLine(endpoint, user.name, ['-tt'], []), environment(user.password))
  await terminal.prompt('operational')
  return terminal
}
