import type { MessageInitShape } from '@bufbuild/protobuf'
import type { CommandOption, CommandSpec } from '@hangar/junos-cli'
import {
  type Command,
  type CommandSchema,
  Command_Option_Kind as Kind,
} from '@hangar/protocol/hangar/daemon/v1/daemon_pb'

const kinds = { flag: Kind.FLAG, value: Kind.VALUE, positional: Kind.POSITIONAL } as const

/** What is said about a command on the bus: everything but how it is done. */
export function commandToMessage(command: CommandSpec): MessageInitShape<typeof CommandSchema> {
  return {
    words: command.words.map(({ name, help }) => ({ name, help })),
    options: (command.options ?? []).map(option => ({
      name: option.name,
      kind: kinds[option.kind],
      help: option.help,
      placeholder: option.placeholder ?? '',
      choices: [...(option.choices ?? [])],
      completion: option.completion ?? '',
      required: option.required ?? false,
      group: option.group ?? '',
      hidden: option.hidden ?? false,
    })),
    permission: command.permission ?? 'view',
    rpc: command.rpc ?? '',
  }
}

/** The other way round, for the one who builds a command tree of them. */
export function commandFromMessage(message: Command): CommandSpec {
  return {
    words: message.words.map(({ name, help }) => ({ name, help })),
    options: message.options.map(option => ({
      name: option.name,
      kind: kindOf(option.kind),
      help: option.help,
      required: option.required,
      hidden: option.hidden,
      ...(option.placeholder && { placeholder: option.placeholder }),
      ...(option.choices.length > 0 && { choices: option.choices }),
      ...(option.completion && { completion: option.completion }),
      ...(option.group && { group: option.group }),
    })),
    permission: message.permission,
    ...(message.rpc && { rpc: message.rpc }),
  }
}

function kindOf(kind: Kind): CommandOption['kind'] {
  return kind === Kind.VALUE ? 'value' : kind === Kind.POSITIONAL ? 'positional' : 'flag'
}
