import type { Caller } from '@hangar/daemon'
import { CommandError, type OperationResult, type OutputFormat } from '@hangar/junos-cli'
import { messageOf } from '@hangar/runtime'
import type { Operations } from '../operations/operations.ts'

/** A command as either generation of the API brings it. */
export type GivenCommand =
  | { readonly case: 'cliCommand' | 'xmlCommand' | 'jsonCommand'; readonly value: string }
  | { readonly case: undefined; readonly value?: undefined }

/** Characters of a command. */
const longest = 65_536

/** Runs it as the user of the session. Throws `CommandError`. */
export async function opCommand(
  operations: Operations,
  caller: Caller,
  command: GivenCommand,
  wanted: { format: OutputFormat; signal: AbortSignal },
): Promise<OperationResult> {
  const { value } = command
  if (value === undefined || value.trim() === '') throw new CommandError('no command given')
  if (value.length > longest) throw new CommandError(`the command is longer than ${longest} characters`)
  const login = { user: caller.user, loginClass: caller.loginClass }
  if (command.case === 'cliCommand') return operations.byWords(login, value, wanted)
  if (command.case === 'jsonCommand') {
    const { elementOfJson } = await import('../operations/json-rpc.ts')
    return operations.byElement(login, elementOfJson(value), wanted)
  }
  const { readXml, XmlError } = await import('@hangar/xml/read')
  try {
    return await operations.byElement(login, readXml(value), wanted)
  } catch (thrown) {
    throw thrown instanceof XmlError ? new CommandError(`syntax error: ${messageOf(thrown)}`) : thrown
  }
}
