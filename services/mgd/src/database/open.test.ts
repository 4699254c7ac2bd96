import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { formatText } from '@hangar/junos-config'
import { ManualClock, silentLogger } from '@hangar/runtime'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { lockDirectory } from './directory-lock.ts'
import { openConfiguration } from './open.ts'

const clock = new ManualClock()
const fallback = 'system { host-name default; }'
let directory: string

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'open-'))
})
afterEach(() => rm(directory, { recursive: true }))

const open = async (initial?: string) => {
  const { store, tree } = await openConfiguration({ directory, initial, fallback, clock, log: silentLogger })
  return { store, text: formatText(tree) }
}
const hostName = (name: string) => `system {\n    host-name ${name};\n}\n`

describe('what a device starts on', () => {
  test('is the default where nothing is, and what was there from then on', async () => {
    expect((await open()).text).toBe(hostName('default'))
    const { store } = await open()
    expect(store.records).toHaveLength(1)
    await store.append({ user: 'lab', via: 'cli', time: 0, configuration: hostName('mine') })
    expect((await open()).text).toBe(hostName('mine'))
  })

  test('is the given configuration, in either format; the same one again is no new commit', async () => {
    await open()
    expect((await open('set system host-name given')).text).toBe(hostName('given'))
    const { text, store } = await open('system { host-name given; }')
    expect(text).toBe(hostName('given'))
    expect(store.records).toHaveLength(2)
    expect((await open()).text).toBe(hostName('given'))
  })

  test.each([
    ['system {\n  host-nam x;\n}\n', /^2:\d+ syntax error: host-nam$/],
    ['set system host-name a\nset system nonsense\n', /^2:11 syntax error: nonsense$/],
    ['system {', /^1:\d+ /],
    ['system { login { user x; } }', /\[edit system login\] 'user x': Missing mandatory statement: 'class'$/],
  ])('names the place of what is wrong: %j', async (text, message) => {
    await expect(open(text)).rejects.toMatchObject({
      code: 'HGR_CONFIG_INVALID',
      message: expect.stringMatching(message),
    })
    expect((await open()).text).toBe(hostName('default'))
  })

  test('is never half of a file that is no configuration', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 200 }), async text => {
        await open(text).catch(error => expect(error).toMatchObject({ code: 'HGR_CONFIG_INVALID' }))
      }),
      { numRuns: 50 },
    )
  })

  test('is the one before a commit that was not confirmed', async () => {
    const { store } = await open()
    await store.append({ user: 'lab', via: 'cli', time: 0, configuration: hostName('tried'), unconfirmed: 1 })
    const again = await open()
    expect(again.text).toBe(hostName('default'))
    expect(again.store.records[0]).toMatchObject({ revision: 3, user: 'root', via: 'other' })
  })

  test('cannot be had where the directory is none', async () => {
    await writeFile(join(directory, 'config'), 'in the way')
    await expect(open()).rejects.toMatchObject({ code: 'HGR_DIRECTORY' })
  })
})

describe('a directory', () => {
  const lock = (path = directory) => lockDirectory(path, { log: silentLogger })

  test('is one device at a time', async () => {
    const first = await lock()
    await expect(lock()).rejects.toMatchObject({ code: 'HGR_DIRECTORY_IN_USE' })
    first.release()
    ;(await lock()).release()
  })

  test('is free again when its holder was killed, for one of many', async () => {
    const holder = spawnHolder()
    expect(await firstLine(holder)).toBe('held')
    await expect(lock()).rejects.toMatchObject({ code: 'HGR_DIRECTORY_IN_USE' })
    holder.kill('SIGKILL')
    await new Promise(resolve => holder.once('exit', resolve))
    const all = await Promise.allSettled(Array.from({ length: 8 }, () => lock()))
    expect(all.filter(one => one.status === 'fulfilled')).toHaveLength(1)
    for (const one of all) if (one.status === 'fulfilled') one.value.release()
  })

  test('goes to one of many processes that start at the same moment', async () => {
    const processes = Array.from({ length: 4 }, spawnHolder)
    const said = await Promise.all(processes.map(firstLine))
    expect(said.sort()).toEqual(['HGR_DIRECTORY_IN_USE', 'HGR_DIRECTORY_IN_USE', 'HGR_DIRECTORY_IN_USE', 'held'])
    for (const one of processes) one.kill('SIGKILL')
  })

  test('may be deep', async () => {
    const held = await lock(join(directory, 'd'.repeat(60), 'e'.repeat(60)))
    held.release()
  })

  test('that holds something else in the place of its lock is used without one', async () => {
    await mkdir(join(directory, 'lock'))
    ;(await lock()).release()
  })

  /** A process that tries to hold the directory, says how that went, and stays. */
  const spawnHolder = () =>
    spawn(
      process.execPath,
      [
        '--input-type=module',
        '-e',
        `import { lockDirectory } from ${JSON.stringify(new URL('./directory-lock.ts', import.meta.url).href)}
       import { silentLogger } from '@hangar/runtime'
       await lockDirectory(${JSON.stringify(directory)}, { log: silentLogger })
         .then(() => console.log('held'), error => console.log(error.code))
       setInterval(() => {}, 60_000)`,
      ],
      { cwd: import.meta.dirname },
    )
  const firstLine = (from: ReturnType<typeof spawnHolder>) =>
    new Promise<string>(resolve => from.stdout.once('data', data => resolve(String(data).trim())))
})
