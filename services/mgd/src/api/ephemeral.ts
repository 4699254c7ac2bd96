import type { Caller } from '@hangar/daemon'
import { type Branch, emptyRoot, TreeEdit } from '@hangar/junos-config'
import { render } from '../database/render.ts'
import { withoutSecrets } from '../database/secrets.ts'
import { refuseUnsupported, Unsupported } from '../ephemeral/unsupported.ts'
import { outcomeOf } from './commit-configuration.ts'
import { type ConfigPath, PathError, readPath } from './config-path.ts'
import { loadConfiguration } from './load-configuration.ts'
import { LoadFailed } from './load-failed.ts'
import type { Management } from './management.ts'
import { rooted } from './rooted.ts'

/** How one path or one operation ended. */
export type EphemeralStatus = 'done' | 'invalid-path' | 'unsupported-path' | 'configuration' | 'refused'

export interface Read {
  readonly status: EphemeralStatus
  readonly message: string
  readonly value: string
}

/** Reads paths of an instance, or of what all databases come to. One answer a path. */
export function readEphemeral(
  { ephemeral, may }: Management,
  { loginClass }: Caller,
  asked: { instance: string; merged: boolean; format: 'xml' | 'json'; paths: readonly string[] },
): Read[] {
  const { instance, merged, format, paths } = asked
  const whole = merged ? ephemeral.merged : ephemeral.committed(instance)
  return paths.map(path => {
    if (!may(loginClass, 'view-configuration')) return failed('refused', 'permission denied')
    if (!whole || (merged && ephemeral.committed(instance) === undefined))
      return failed('refused', `ephemeral instance '${instance.slice(0, 64)}' is not configured`)
    try {
      const tree = may(loginClass, 'secret') ? whole : withoutSecrets(whole)
      return { status: 'done', message: '', value: render(tree, readPath(path).target, format) }
    } catch (thrown) {
      if (!(thrown instanceof PathError)) throw thrown
      return failed('invalid-path', thrown.message)
    }
  })
}

function failed(status: EphemeralStatus, message: string): Read {
  return { status, message, value: '' }
}

export interface EphemeralOperation {
  readonly verb: 'update' | 'replace' | 'delete'
  readonly path: string
  readonly config: { readonly format: 'xml' | 'json'; readonly text: string } | undefined
}

export interface Edited {
  readonly status: EphemeralStatus
  readonly message: string
}

/** What became of a request: an answer for each operation, and what went wrong with all of it. */
export interface EphemeralResult {
  readonly answers: readonly Edited[]
  readonly fault?: string
}

const undone: Edited = { status: 'refused', message: 'nothing was done' }

/**
 * Makes the operations in their order and commits them, all of them or none. The answer of the one that failed says why, the others say
 * that nothing was done. No operations commit what was loaded before.
 */
export async function editEphemeral(
  { ephemeral, host, may }: Management,
  { user, loginClass }: Caller,
  asked: { instance: string; validated: boolean; loadOnly: boolean; operations: readonly EphemeralOperation[] },
): Promise<EphemeralResult> {
  const { operations, ...edit } = asked
  const all = (answer: Edited) => ({ answers: operations.map(() => answer), fault: answer.message })
  if (!may(loginClass, 'configure')) return all({ status: 'refused', message: 'permission denied' })
  const answers: Edited[] = []
  const change = (before: Branch) => {
    let tree = before
    for (const operation of operations) {
      const { tree: after, warning = '' } = changed(tree, operation)
      answers.push({ status: 'done', message: warning })
      tree = after
    }
    return tree
  }
  try {
    await ephemeral.edit({ ...edit, change })
    if (!asked.loadOnly) host.syslog(commitEvent(user, asked.instance))
    return { answers }
  } catch (thrown) {
    const answer = faultOf(thrown, host.clock.now())
    // Stopped at an operation, or after them all.
    if (answers.length === operations.length) return all(answer)
    return { answers: operations.map((_, i) => (i === answers.length ? answer : undone)), fault: answer.message }
  }
}

function faultOf(thrown: unknown, now: number): Edited {
  if (thrown instanceof PathError) return { status: 'invalid-path', message: thrown.message }
  if (thrown instanceof Unsupported) return { status: 'unsupported-path', message: thrown.message }
  const { kind, message } = outcomeOf(thrown, now)
  return { status: kind, message }
}

function changed(tree: Branch, { verb, path, config }: EphemeralOperation): { tree: Branch; warning?: string } {
  const place = readPath(path)
  if (verb === 'delete') return deleted(tree, place)
  if (!config || config.text.trim() === '') throw new LoadFailed('no configuration given')
  const base = verb === 'replace' ? deleted(tree, place).tree : tree
  const given = { format: config.format, text: rooted(config, place.segments) }
  const after = loadConfiguration(base, given, 'merge')
  refuseUnsupported(after)
  return { tree: after }
}

function deleted(tree: Branch, { segments, target }: ConfigPath): { tree: Branch; warning?: string } {
  if (segments.length === 0) return { tree: emptyRoot }
  const edit = new TreeEdit(tree)
  const gone = edit.delete(target)
  return { tree: edit.finish(), ...(!gone && { warning: 'warning: statement not found' }) }
}

function commitEvent(username: string, instance: string) {
  const message = instance === '' ? 'default' : instance
  return {
    tag: 'UI_COMMIT',
    message: `User '${username}' requested 'commit' operation (ephemeral instance: ${message})`,
    severity: 'notice',
    facility: 'interact-commands',
    attributes: { username, command: 'commit', message },
  }
}
