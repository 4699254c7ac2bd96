import { ssh } from './ssh.ts'

/** What a commit of these set and delete lines printed. Throws unless it said `commit complete`. */
export async function commit(endpoint: string, ...lines: string[]): Promise<string> {
  const { output } = await ssh(
    endpoint,
    undefined,
    `${['configure', ...lines, 'commit and-quit', 'exit', ''].join('\n')}`,
  )
  if (!output.includes('commit complete')) throw new Error(`not committed: ${lines.join('; ')}\n${output}`)
  return output
}

/** The committed configuration as set lines. */
export async function configuration(endpoint: string): Promise<string[]> {
  const { output } = await ssh(endpoint, 'show configuration | display set | no-more')
  const lines = output.split('\n').map(line => line.replace(/ +## SECRET-DATA$/, ''))
  return lines.filter(line => line.startsWith('set '))
}

/** Commits whatever makes the configuration what it was. */
export async function restore(endpoint: string, before: readonly string[]): Promise<void> {
  const now = await configuration(endpoint)
  const added = now.filter(line => !before.includes(line))
  const removed = before.filter(line => !now.includes(line))
  if (added.length === 0 && removed.length === 0) return
  const known = new Set(before.flatMap(prefixes))
  // The highest statement that was not there goes, with all below it.
  const deletes = new Set(added.map(line => prefixes(line).find(prefix => !known.has(prefix))!))
  await commit(endpoint, 'rollback 0', ...[...deletes].map(line => line.replace(/^set/, 'delete')), ...removed)
}

/** `set a`, `set a b`, ... of a set line; a quoted text is one word. */
function prefixes(line: string): string[] {
  const words = line.match(/"(?:\\.|[^"])*"|\S+/g) ?? []
  return words.slice(1).map((_, index) => words.slice(0, index + 2).join(' '))
}
