import { loadSet } from '../parse/set.ts'
import type { Branch } from '../tree/node.ts'
import { emptyRoot } from '../tree/tree.ts'

/** A configuration from commands without `set` in front where they begin with no verb; every line has to be right. */
export function config(...lines: readonly string[]): Branch {
  const commands = lines.map(line => (/^(set|delete|activate|deactivate) /.test(line) ? line : `set ${line}`))
  const loaded = loadSet(emptyRoot, commands.join('\n'))
  if (loaded.errorCount > 0) throw new Error(JSON.stringify(loaded.errors))
  return loaded.root
}
