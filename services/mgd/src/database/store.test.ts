import { mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CrashDisk, type Fate } from '../testing/crash-disk.ts'
import { directoryDisk } from './disk.ts'
import { formatRevision, parseRevision } from './revision.ts'
import { keptRevisions, Store } from './store.ts'

const accept = () => undefined
const commit = (configuration: string, more = {}) => ({ user: 'lab', via: 'cli', time: 0, configuration, ...more })
const fate: fc.Arbitrary<Fate> = fc.oneof(
  fc.constant<Fate>({ kind: 'kill' }),
  fc.nat(12).map((luck): Fate => ({ kind: 'power', luck })),
)

async function opened(disk: CrashDisk) {
  const store = new Store(disk)
  return { store, ...(await store.open(accept)) }
}

describe('a commit', () => {
  test('is there after a crash at any step once it was said to be done, and whole', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 60 }),
        fate,
        async (before, at, how) => {
          const disk = new CrashDisk()
          const { store } = await opened(disk)
          for (let n = 1; n <= before; n++) await store.append(commit(`one ${n};\n`))
          disk.crashAt = disk.steps + at
          let said = before
          try {
            for (; said < before + 8; said++) await store.append(commit(`one ${said + 1};\n`))
          } catch {
            // dead
          }
          const after = await opened(disk.restart(how))
          // What was said to be done, or the one that was under way.
          expect([`one ${said};\n`, `one ${said + 1};\n`]).toContain(after.newest?.configuration)
          expect((await after.store.read(1))?.configuration).toBe(
            Number(after.newest!.revision) > 1 ? `one ${after.newest!.revision - 1};\n` : undefined,
          )
          const next = await after.store.append(commit('next;\n'))
          expect(next.revision).toBeGreaterThan(after.newest!.revision)
        },
      ),
      { numRuns: 300 },
    )
  })

  test('that the disk refuses at any step fails and changes nothing, not after a restart either', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 4 }), async at => {
        const disk = new CrashDisk()
        const { store } = await opened(disk)
        await store.append(commit('one;\n'))
        disk.failAt = disk.steps + at
        await expect(store.append(commit('two;\n'))).rejects.toMatchObject({ code: 'HGR_DIRECTORY' })
        expect(store.records).toHaveLength(1)
        const after = await opened(disk.restart({ kind: 'kill' }))
        expect(after.newest?.configuration).toBe('one;\n')
        await store.append(commit('three;\n'))
        expect((await store.read(0))?.configuration).toBe('three;\n')
        expect((await store.read(1))?.configuration).toBe('one;\n')
      }),
    )
  })

  test('that is confirmed is so after a crash, or waits again, but is never lost', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 5 }), fate, async (at, how) => {
        const disk = new CrashDisk()
        const { store } = await opened(disk)
        await store.append(commit('one;\n'))
        await store.append(commit('two;\n', { unconfirmed: 1 }))
        disk.crashAt = disk.steps + at
        const confirmed = await store.confirm().then(
          () => true,
          () => false,
        )
        const { newest } = await opened(disk.restart(how))
        expect(newest?.configuration).toBe('two;\n')
        if (confirmed) expect(newest?.unconfirmed).toBeUndefined()
      }),
    )
  })
})

describe('on a real directory', () => {
  async function inDirectory(run: (directory: string) => Promise<void>) {
    const directory = await mkdtemp(join(tmpdir(), 'store-'))
    try {
      await run(directory)
    } finally {
      await rm(directory, { recursive: true })
    }
  }
  const open = async (directory: string) => {
    const store = new Store(directoryDisk(directory))
    return { store, ...(await store.open(accept)) }
  }

  test('the newest fifty are kept, as text for people, for the owner alone', () =>
    inDirectory(async directory => {
      const { store } = await open(directory)
      for (let n = 1; n <= keptRevisions + 3; n++)
        await store.append(commit(`host-name r${n};\n`, { comment: `"${n}"\n` }))
      expect(await readdir(directory)).toHaveLength(keptRevisions)
      expect(store.records[0]).toMatchObject({ revision: 53, user: 'lab', via: 'cli', comment: '"53"\n' })
      expect((await store.read(49))?.configuration).toBe('host-name r4;\n')
      expect(await store.read(50)).toBeUndefined()
      const text = await readFile(join(directory, '53.conf'), 'utf8')
      expect(text).toContain('## Last commit: 1970-01-01 00:00:00 UTC by lab via cli\n')
      expect(text).toContain('host-name r53;\n')
      expect((await stat(join(directory, '53.conf'))).mode & 0o777).toBe(0o600)
      expect((await open(directory)).store.records).toEqual(store.records)
    }))

  test('a damaged newest gives way to the one before, and its number is not used again', () =>
    inDirectory(async directory => {
      const { store } = await open(directory)
      await store.append(commit('one;\n'))
      await store.append(commit('two;\n'))
      await truncate(join(directory, '2.conf'), 90)
      await writeFile(join(directory, '3.conf.new'), 'left by a crash')
      await writeFile(join(directory, 'notes.txt'), 'somebody else')
      const again = await open(directory)
      expect(again.newest?.configuration).toBe('one;\n')
      expect(again.damaged).toEqual([expect.stringContaining('2.conf')])
      expect(await readdir(directory)).not.toContain('3.conf.new')
      expect((await again.store.append(commit('three;\n'))).revision).toBe(3)
    }))

  test('a directory in which nothing can be used is an error, not a fresh start', () =>
    inDirectory(async directory => {
      const { store } = await open(directory)
      await store.append(commit('one;\n'))
      await writeFile(join(directory, '1.conf'), '\u0000')
      await expect(open(directory)).rejects.toMatchObject({ code: 'HGR_DIRECTORY' })
    }))
})

test('what is written is what is read back', () => {
  fc.assert(
    fc.property(
      fc.record({
        revision: fc.nat(),
        time: fc.integer({ min: 0, max: 4e9 }).map(seconds => seconds * 1000),
        user: fc.stringMatching(/^[a-z]{1,10}$/),
        via: fc.constantFrom('cli', 'netconf', 'other'),
        comment: fc.option(fc.string({ unit: 'binary' }), { nil: undefined }),
        unconfirmed: fc.option(fc.nat(), { nil: undefined }),
        configuration: fc.string().map(text => `${text}\n`),
      }),
      ({ comment, unconfirmed, ...rest }) => {
        const revision = {
          ...rest,
          ...(comment !== undefined && { comment }),
          ...(unconfirmed !== undefined && { unconfirmed }),
        }
        expect(parseRevision(formatRevision(revision))).toEqual(revision)
      },
    ),
  )
})

test('whatever a file holds, reading it gives a revision or nothing', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), text => void parseRevision(text)))
})
