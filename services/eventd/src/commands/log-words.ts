import { CommandError, type CommandOption } from '@hangar/junos-cli'

/** Name under which eventd gives the names of its log files for completion. */
export const logFileCompletion = 'log-file'

export const fileOption: CommandOption = {
  name: 'filename',
  kind: 'positional',
  help: 'Name of log file',
  placeholder: '<filename>',
  completion: logFileCompletion,
}

/** What a router answers for a file that is not there. */
export function unknownFile(name: string): CommandError {
  return new CommandError(`could not resolve file: ${name}`)
}
