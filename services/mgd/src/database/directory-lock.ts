import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { HangarError, type Logger, messageOf } from '@hangar/runtime'
import { makeDirectory } from './make-directory.ts'

/** SQLite's code for a file that another connection has locked. */
const SQLITE_BUSY = 5

/**
 * Holds a directory for one device, and makes it when it is not there. The lock is the one that SQLite takes on a file for a
 * transaction that excludes others: the kernel lets it go with the process, however that ends, and it holds against another container
 * that has the directory mounted, where a process id would mean somebody else. Rejects with HGR_DIRECTORY_IN_USE or HGR_DIRECTORY.
 * Where the file system has no locks, the directory is used without one, and the log says so.
 */
export async function lockDirectory(directory: string, { log }: { log: Logger }): Promise<{ release(): void }> {
  try {
    await makeDirectory(directory)
  } catch (error) {
    throw new HangarError('HGR_DIRECTORY', `cannot make ${directory}: ${messageOf(error)}`, { cause: error })
  }
  const lock = new DatabaseSync(join(directory, 'lock'), { open: false, timeout: 0 })
  try {
    lock.open()
    // Nothing is written into it; a journal beside it would be one file more.
    lock.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE')
  } catch (error) {
    if (lock.isOpen) lock.close()
    if ((error as { errcode?: number }).errcode === SQLITE_BUSY) {
      throw new HangarError('HGR_DIRECTORY_IN_USE', `${directory}: another device runs on this directory`)
    }
    log.warn(
      { directory, error: messageOf(error) },
      'cannot lock the directory: a second device on it would not be noticed',
    )
    return { release() {} }
  }
  return { release: () => lock.close() }
}
