import { HangarError, messageOf } from '@hangar/runtime'
import type { Disk } from './disk.ts'
import { type CommitRecord, formatRevision, parseHead, parseRevision, type Revision } from './revision.ts'

/** How many configurations are kept: rollback 0 to 49. */
export const keptRevisions = 50

const rescueName = 'rescue.conf'
const fileName = /^(\d{1,15})\.conf$/

/** What a store found at its start. */
export interface StoreContents {
  /** The newest revision that is whole and that `accept` took; undefined in an empty directory. */
  readonly newest: Revision | undefined
  /** What was damaged, in words for the log. */
  readonly damaged: readonly string[]
}

/**
 * The configurations on disk, one file a commit, newest number first. A commit is one file written beside, synced and renamed: there
 * is no moment at which a kill leaves anything but the old or the new state.
 */
export class Store {
  readonly #disk: Disk
  /** Newest first. */
  #records: readonly CommitRecord[] = []
  /** The last number given, also to files that turned out damaged: a number is never used for two configurations. */
  #last = 0

  constructor(disk: Disk) {
    this.#disk = disk
  }

  /**
   * Reads what is there, newest first, until one is whole; `accept` says what is wrong with a configuration, or nothing.
   * Leftovers of a commit that a crash cut short are removed.
   */
  async open(accept: (revision: Revision) => string | undefined): Promise<StoreContents> {
    const names = await this.#attempt('read', () => this.#disk.list())
    for (const name of names) if (name.endsWith('.new')) await this.#disk.remove(name)
    const numbers = names.flatMap(name => fileName.exec(name)?.[1] ?? []).map(Number)
    numbers.sort((a, b) => b - a)
    this.#last = numbers[0] ?? 0
    const damaged: string[] = []
    let newest: Revision | undefined
    while (!newest && numbers.length > 0) {
      const number = numbers.shift()!
      const revision = await this.#readFile(number)
      const fault = revision ? accept(revision) : 'it is cut off or not a configuration of Hangar'
      if (fault === undefined) newest = revision
      else damaged.push(`${number}.conf: ${fault}`)
    }
    if (!newest && damaged.length > 0)
      throw new HangarError('HGR_DIRECTORY', `no configuration of the directory can be used: ${damaged[0]}`)
    const heads = numbers.slice(0, keptRevisions - 1).map(async number => {
      const record = parseHead(await this.#attempt('read', () => this.#disk.readHead(`${number}.conf`)))
      if (record?.revision === number) return record
      damaged.push(`${number}.conf: it is not a configuration of Hangar`)
      return undefined
    })
    const older = (await Promise.all(heads)).filter(record => record !== undefined)
    this.#records = newest ? [recordOf(newest), ...older] : []
    return { newest, damaged }
  }

  /** Newest first; the index is the n of `rollback n`. */
  get records(): readonly CommitRecord[] {
    return this.#records
  }

  /** What the next commit will be called. */
  get nextRevision(): bigint {
    return BigInt(this.#last + 1)
  }

  /** The configuration of rollback n; undefined where none is kept. */
  async read(n: number): Promise<Revision | undefined> {
    const record = this.#records[n]
    return record && (await this.#readFile(record.revision))
  }

  /** The revision of that number; undefined when it is not kept. */
  find(revision: number): Promise<Revision | undefined> {
    return this.read(this.#records.findIndex(record => record.revision === revision))
  }

  /** The rescue configuration; undefined where none is set, or it is damaged. */
  async rescue(): Promise<Revision | undefined> {
    const names = await this.#attempt('read', () => this.#disk.list())
    if (!names.includes(rescueName)) return undefined
    return parseRevision(await this.#attempt('read', () => this.#disk.read(rescueName)))
  }

  /** What is committed becomes the rescue configuration. */
  async saveRescue(): Promise<void> {
    const newest = await this.read(0)
    if (!newest) throw new HangarError('HGR_DIRECTORY', 'the configuration cannot be read')
    await this.#put(newest, rescueName)
  }

  /** False where there was none. */
  async deleteRescue(): Promise<boolean> {
    if (!(await this.#attempt('read', () => this.#disk.list())).includes(rescueName)) return false
    await this.#attempt('write', async () => {
      await this.#disk.remove(rescueName)
      await this.#disk.sync()
    })
    return true
  }

  /** Makes it the newest. Resolves when it is sure; rejects with HGR_DIRECTORY, and then nothing changed. */
  async append(commit: Omit<Revision, 'revision'>): Promise<CommitRecord> {
    const revision: Revision = { ...commit, revision: this.#last + 1 }
    try {
      await this.#put(revision)
    } catch (error) {
      // Renamed, but not sure to stay: what was refused must not come back at the next start.
      await this.#disk.remove(`${revision.revision}.conf`).catch(() => {})
      throw error
    }
    this.#last = revision.revision
    const record = recordOf(revision)
    this.#records = [record, ...this.#records]
    await this.#forgetOld()
    return record
  }

  /** The newest commit is no longer waiting for its confirmation. */
  async confirm(): Promise<void> {
    const newest = this.#records[0]
    if (newest?.unconfirmed === undefined) return
    const stored = await this.#readFile(newest.revision)
    if (!stored) throw new HangarError('HGR_DIRECTORY', `${newest.revision}.conf cannot be read`)
    const { unconfirmed: _, ...confirmed } = stored
    await this.#put(confirmed)
    this.#records = [recordOf(confirmed), ...this.#records.slice(1)]
  }

  async #put(revision: Revision, name = `${revision.revision}.conf`): Promise<void> {
    const temporary = `${name}.new`
    await this.#attempt('write', async () => {
      try {
        await this.#disk.write(temporary, formatRevision(revision))
        await this.#disk.rename(temporary, name)
      } catch (error) {
        // Nothing was renamed, so nothing was changed; what could not even be removed goes at the next start.
        await this.#disk.remove(temporary).catch(() => {})
        throw error
      }
      await this.#disk.sync()
    })
  }

  async #forgetOld(): Promise<void> {
    const old = this.#records.slice(keptRevisions)
    this.#records = this.#records.slice(0, keptRevisions)
    // A file too many does no harm: it is tried again at the next start.
    for (const { revision } of old) await this.#disk.remove(`${revision}.conf`).catch(() => {})
  }

  async #readFile(revision: number): Promise<Revision | undefined> {
    const text = await this.#attempt('read', () => this.#disk.read(`${revision}.conf`))
    const parsed = parseRevision(text)
    return parsed?.revision === revision ? parsed : undefined
  }

  async #attempt<T>(what: string, step: () => Promise<T>): Promise<T> {
    try {
      return await step()
    } catch (error) {
      throw new HangarError('HGR_DIRECTORY', `cannot ${what} the configuration: ${messageOf(error)}`, { cause: error })
    }
  }
}

function recordOf(revision: Revision): CommitRecord {
  const { configuration: _text, ...record } = revision
  return record
}
