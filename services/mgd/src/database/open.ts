import { join } from 'node:path'
import { type Branch, editPathText, formatText, isPlaceless, validate } from '@hangar/junos-config'
import { type Clock, HangarError, type Logger, messageOf } from '@hangar/runtime'
import { directoryDisk } from './disk.ts'
import { makeDirectory } from './make-directory.ts'
import { parseConfiguration } from './parse.ts'
import type { Revision } from './revision.ts'
import { Store } from './store.ts'

/** A store with what the device starts on. */
export interface Opened {
  readonly store: Store
  readonly tree: Branch
}

/**
 * Opens the configurations of a device directory. What the device starts on is the given configuration, else the newest that is
 * whole, else the default; a newest one that waited for its confirmation gives way to the one before it.
 */
export async function openConfiguration(options: {
  directory: string
  initial: string | undefined
  fallback: string
  clock: Clock
  log: Logger
}): Promise<Opened> {
  const { initial, fallback, log, clock } = options
  const directory = join(options.directory, 'config')
  try {
    await makeDirectory(directory)
  } catch (error) {
    throw new HangarError('HGR_DIRECTORY', `cannot make ${directory}: ${messageOf(error)}`, { cause: error })
  }
  const store = new Store(directoryDisk(directory))
  const { newest, damaged } = await store.open(faultOf)
  for (const what of damaged) log.error({ directory }, `a configuration is damaged and left out: ${what}`)

  const write = async (text: string, comment: string | undefined): Promise<Opened> => {
    const tree = configurationOf(text)
    const commit = { user: 'root', via: 'other', time: clock.now(), configuration: formatText(tree) }
    await store.append(comment === undefined ? commit : { ...commit, comment })
    return { store, tree }
  }
  if (initial !== undefined) {
    const tree = configurationOf(initial)
    const same = newest && newest.unconfirmed === undefined && newest.configuration === formatText(tree)
    return same ? { store, tree } : write(initial, undefined)
  }
  if (!newest) return write(fallback, undefined)
  if (newest.unconfirmed !== undefined) {
    const before = await store.find(newest.unconfirmed)
    log.warn({ revision: newest.revision }, 'the last commit was not confirmed; it is rolled back')
    if (before) return write(before.configuration, 'automatic rollback of a commit that was not confirmed')
    log.error({ revision: newest.unconfirmed }, 'the configuration to go back to is not kept')
  }
  return { store, tree: parseConfiguration(newest.configuration).tree }
}

/** Why a stored configuration cannot be used. */
function faultOf(revision: Revision): string | undefined {
  const [error] = parseConfiguration(revision.configuration).errors
  return error && `line ${error.line}: ${error.message}: ${error.token}`
}

/** Reads and checks a configuration that a person gave. Throws HGR_CONFIG_INVALID, naming the place. */
function configurationOf(text: string): Branch {
  const { tree, errors } = parseConfiguration(text)
  const [error] = errors
  if (error) {
    const place = `${error.line}:${error.column}`
    throw new HangarError('HGR_CONFIG_INVALID', `${place} ${error.message}: ${printable(error.token)}`)
  }
  const problem = validate(tree).find(one => one.severity === 'error')
  if (problem) {
    throw new HangarError(
      'HGR_CONFIG_INVALID',
      isPlaceless(problem)
        ? problem.message.replaceAll('\n', ' ')
        : `${editPathText(problem.path)} '${problem.statement}': ${problem.message}`,
    )
  }
  return tree
}

/** What a file holds goes to somebody's terminal. */
function printable(token: string): string {
  return token.replace(/\p{Cc}/gu, '?')
}
