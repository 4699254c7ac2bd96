import { CommandError, type CommandOption, type CommandSpec } from '@hangar/junos-cli'
import type { XmlElement } from '@hangar/xml'

/** What the elements of an RPC give to a command, by option name; or what is wrong with them. */
export function optionsOf(spec: CommandSpec, rpc: XmlElement): ReadonlyMap<string, string> | CommandError {
  const options = new Map<string, string>()
  const groups = new Set<string>()
  for (const { name, text = '' } of rpc.children ?? []) {
    const value = text.trim()
    const option = spec.options?.find(one => one.name === name || alias(one) === name)
    if (!option || options.has(option.name)) return new CommandError(`syntax error: ${name.slice(0, 128)}`)
    if (option.kind === 'flag') {
      // A program may say of a flag that it is not set.
      if (value === 'false') continue
      if (option.group !== undefined && groups.has(option.group)) return new CommandError(`syntax error: ${name}`)
      if (option.group !== undefined) groups.add(option.group)
      options.set(option.name, '')
      continue
    }
    if (value === '') return new CommandError('missing argument.')
    if (option.choices && !option.choices.includes(value))
      return new CommandError(`syntax error: ${value.slice(0, 128)}`)
    options.set(option.name, value)
  }
  const missing = spec.options?.some(one => one.required && !options.has(one.name))
  return missing ? new CommandError('missing argument.') : options
}

/** The element of `<interface-name>` is named as its placeholder, whatever the option is called. */
function alias({ placeholder }: CommandOption): string | undefined {
  return placeholder?.replace(/^<|>$/g, '')
}
