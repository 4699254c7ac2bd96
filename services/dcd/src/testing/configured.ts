import { type ConfigView, emptyRoot, loadSet, viewOf } from '@hangar/junos-config'

/** The configuration that lines of set commands make, each without its "set interfaces", from nothing or from another configuration. */
export function configured(commands: string, before?: ConfigView): ConfigView {
  const lines = commands.split('\n').map(line => line.trim())
  const text = lines.map(line => (line === '' || line.startsWith('delete ') ? line : `set interfaces ${line}`))
  const { root, errors } = loadSet(before?.branch ?? emptyRoot, text.join('\n'))
  if (errors[0]) throw new Error(errors[0].message)
  return viewOf(root)
}
