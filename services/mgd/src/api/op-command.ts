import type { Caller, SyslogInput } from '@hangar/daemon'
import { CommandError, type OperationResult, type OutputFormat } from '@hangar/junos-cli'
import type { XmlElement } from '@hangar/xml'
import type { Management } from './management.ts'

/** A command as either generation of the API brings it. */
export type GivenCommand =
  | { readonly case: 'cliCommand' | 'xmlCommand' | 'jsonCommand'; readonly value: string }
  | { readonly case: undefined; readonly value?: undefined }

/** Characters of a command. */
const longest = 65_536

/** Runs it as the user of the session. Throws `CommandError`. */
export async function opCommand(
  { operations, host }: Management,
  caller: Caller,
  command: GivenCommand,
  wanted: { format: OutputFormat; signal: AbortSignal },
): Promise<OperationResult> {
  const { value } = command
  if (value === undefined || value.trim() === '') throw new CommandError('no command given')
  if (value.length > longest) throw new CommandError(`the command is longer than ${longest} characters`)
  const { user, loginClass } = caller
  const login = { user, loginClass }
  if (command.case === 'cliCommand') {
    host.syslog(commandEvent(user, value))
    return operations.byWords(login, value, wanted)
  }
  const rpc = await elementOf(command.case, value)
  host.syslog(commandEvent(user, rpc.name))
  return operations.byElement(login, rpc, wanted)
}

async function elementOf(form: 'xmlCommand' | 'jsonCommand', text: string): Promise<XmlElement> {
  if (form === 'jsonCommand') return (await import('../operations/json-rpc.ts')).elementOfJson(text)
  const { readXml, XmlError } = await import('@hangar/xml/read')
  try {
    return readXml(text)
  } catch (thrown) {
    throw thrown instanceof XmlError ? new CommandError(`syntax error: ${thrown.message}`) : thrown
  }
}

function commandEvent(username: string, command: string): SyslogInput {
  return {
    tag: 'UI_JUNOSCRIPT_CMD',
    message: `User '${username}' used JUNOScript client to run command '${command}'`,
    facility: 'interact-commands',
    attributes: { username, command },
  }
}
