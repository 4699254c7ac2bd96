import { type Branch, emptyRoot, TreeEdit } from '@hangar/junos-config'
import { type ConfigPath, readPath } from './config-path.ts'
import { loadConfiguration } from './load-configuration.ts'
import { LoadFailed } from './load-failed.ts'
import { levelOf } from './value-level.ts'

/** One change to a configuration at a place. */
export interface TreeOperation {
  readonly verb: 'update' | 'replace' | 'delete'
  readonly path: string
  readonly config: { readonly format: 'xml' | 'json'; readonly text: string } | undefined
}

export interface TreeChanged {
  readonly tree: Branch
  readonly warning?: string
}

/** Throws `PathError` or `LoadFailed`. */
export function operated(tree: Branch, { verb, path, config }: TreeOperation): TreeChanged {
  const place = readPath(path)
  if (verb === 'delete') return deleted(tree, place)
  if (!config || config.text.trim() === '') throw new LoadFailed('no configuration given')
  const base = verb === 'replace' ? deleted(tree, place).tree : tree
  return { tree: loadConfiguration(base, config, 'merge', levelOf(config, place)) }
}

function deleted(tree: Branch, { segments, target }: ConfigPath): TreeChanged {
  if (segments.length === 0) return { tree: emptyRoot }
  const edit = new TreeEdit(tree)
  const gone = edit.delete(target)
  return { tree: edit.finish(), ...(!gone && { warning: 'warning: statement not found' }) }
}
