import { type SpawnSyncReturns, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, describe, expect, onTestFinished, test } from 'vitest'
import { configuration } from './clients/configuration.ts'
import { readiness } from './clients/control.ts'
import { JetApplication } from './clients/jet.ts'
import { root } from './root.ts'
import { anyPorts, end, hangar, type Ports, portFlags, portNames, up } from './ways/hangar.ts'

const directory = mkdtempSync(join(tmpdir(), 'hangar-up-'))
afterAll(() => rmSync(directory, { recursive: true, force: true }))

let count = 0
const folder = () => mkdtempSync(join(directory, `${++count}-`))

function file(content: string): string {
  const path = join(folder(), 'juniper.conf')
  writeFileSync(path, content)
  return path
}

/** `hangar up` that is expected to end by itself. */
function fails(...flags: string[]): SpawnSyncReturns<string> {
  const args = [hangar, 'up', '--dir', folder(), ...portFlags(anyPorts), ...flags]
  return spawnSync(process.execPath, args, { encoding: 'utf8', timeout: 30_000 })
}

/** `hangar up` until the test is over. */
async function runs(...flags: string[]) {
  const running = await up(folder(), [...portFlags(anyPorts), ...flags])
  onTestFinished(async () => void (await end(running.child)))
  return running
}

/** One line on standard error, and nothing else. */
const oneLine = (pattern: RegExp) => ({
  stdout: '',
  stderr: expect.toSatisfy(
    (text: string) => /^hangar: .+\n$/.test(text) && pattern.test(text),
    `one line with ${pattern}`,
  ),
  status: 2,
})

const user =
  'user ci { class super-user; authentication { encrypted-password "$6$hangar0jet$gtGaMA46Aw0dp.q71PHGBsimo.HiIEuSTG78PBILAv17zoElHAYnH9LicvwNMeC1snH2pWRygwtXfMAI2i9ll1"; } }'
const grpc = 'extension-service { request-response { grpc { clear-text { port 32767; } } } }'
const text = `system { host-name from-text; login { ${user} user jet { class super-user; authentication { encrypted-password "$6$hangar0jet$gtGaMA46Aw0dp.q71PHGBsimo.HiIEuSTG78PBILAv17zoElHAYnH9LicvwNMeC1snH2pWRygwtXfMAI2i9ll1"; } } } services { ssh; ${grpc} } }`

describe('hangar up', () => {
  test('says where everything is and how to log in, in one line and in the ready file', async () => {
    const { ready, readyLine, child } = await runs()
    for (const name of portNames) {
      expect(ready[name]).toMatch(/^127\.0\.0\.1:\d+$/)
      expect(readyLine).toContain(name === 'ssh' ? `ssh -p ${ready.ssh.split(':')[1]} jet@127.0.0.1` : ready[name])
    }
    expect(readyLine).toContain('jet123')
    expect(ready.pid).toBe(child.pid)
    expect(await readiness(ready.control)).toMatchObject({ status: 200, ready: true })
  })

  test.each(['SIGINT', 'SIGTERM'] as const)('%s stops it within a second, with clients connected', async signal => {
    const { child, ready } = await runs()
    await using app = new JetApplication(ready.grpc)
    expect(await app.session('a')).toMatchObject({ result: true })
    const begin = performance.now()
    expect(await end(child, signal)).toBe(0)
    expect(performance.now() - begin).toBeLessThan(1000)
  })

  test('npm start prepares and starts it; ^C, which the terminal sends to all of them, stops it within a second', async () => {
    const flags = ['--dir', folder(), ...portFlags(anyPorts)]
    const npm = spawn('npm', ['start', '--', ...flags], {
      cwd: root,
      detached: true,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    for await (const line of createInterface({ input: npm.stdout })) if (line.startsWith('hangar is ready:')) break
    const begin = performance.now()
    process.kill(-npm.pid!, 'SIGINT')
    await once(npm, 'exit')
    expect(performance.now() - begin).toBeLessThan(1000)
  })

  test('SIGTERM to npm start ends the device', async () => {
    const place = folder()
    const flags = ['--dir', place, '--ready-file', join(place, 'ready.json'), ...portFlags(anyPorts)]
    const npm = spawn(process.execPath, ['scripts/hangar.mjs', 'up', ...flags], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    for await (const line of createInterface({ input: npm.stdout })) if (line.startsWith('hangar is ready:')) break
    const { pid } = JSON.parse(readFileSync(join(place, 'ready.json'), 'utf8'))
    npm.kill('SIGTERM')
    await once(npm, 'exit')
    expect(() => process.kill(pid, 0)).toThrow('ESRCH')
  })

  test.each<[string[], RegExp]>([
    [['--nonsense'], /--nonsense/],
    [['extra'], /extra/],
    [['--grpc-port', 'x'], /--grpc-port.*'x'/],
    [['--grpc-port', '65536'], /--grpc-port.*65536/],
    [['--mqtt-port', '-1'], /--mqtt-port/],
    [['--config', '/nonexistent/juniper.conf'], /juniper\.conf/],
    [['--config', '/'], /--config/],
    [['--host', '203.0.113.1'], /203\.0\.113\.1/],
    [['--dir', '/dev/null/device'], /\/dev\/null/],
  ])('%j is refused', (flags, pattern) => {
    expect(fails(...flags)).toMatchObject(oneLine(pattern))
  })

  test.each(portNames)('a %s port in use is refused', async name => {
    const taken = createServer().listen(0, '127.0.0.1')
    onTestFinished(() => void taken.close())
    await once(taken, 'listening')
    const { port } = taken.address() as { port: number }
    const ports: Ports = { ...anyPorts, [name]: port }
    expect(fails(...portFlags(ports))).toMatchObject(oneLine(new RegExp(`port ${port}\\b.* in use\\b`)))
  })

  test('a directory that another device runs in is refused', async () => {
    const place = folder()
    const { child } = await up(place, portFlags(anyPorts))
    onTestFinished(async () => void (await end(child)))
    expect(fails('--dir', join(place, 'device'))).toMatchObject(oneLine(/device runs on this directory/))
  })

  test.each<[string, string, RegExp]>([
    ['broken', 'system { host-name x;', /juniper\.conf: 1:\d+ /],
    ['of a statement that is none', 'system {\n    nonsense true;\n}\n', /nonsense/],
    ['of a value that is none', 'set interfaces xe-0/0/0 unit 0 family inet address 300.0.0.1/24\n', /300\.0\.0\.1/],
    ['of binary', '\u0000\u0001\u0002{{{{', /juniper\.conf/],
    ['nested deeply', `${'a { '.repeat(100_000)}${'} '.repeat(100_000)}`, /juniper\.conf/],
    ['of 10 MB that is no configuration', 'x'.repeat(10_000_000), /juniper\.conf/],
  ])('a configuration %s is refused', (_, content, pattern) => {
    const result = fails('--config', file(content))
    expect(result).toMatchObject(oneLine(pattern))
    expect(result.stderr.length).toBeLessThan(1000)
  })

  test('a configuration in text format', async () => {
    const { ready } = await runs('--config', file(text))
    expect(await configuration(ready.ssh)).toContain('set system host-name from-text')
  })

  test('a configuration in set format', async () => {
    const lines = [
      'set system host-name from-set',
      'set system login user jet class super-user',
      'set system login user jet authentication encrypted-password "$6$hangar0jet$gtGaMA46Aw0dp.q71PHGBsimo.HiIEuSTG78PBILAv17zoElHAYnH9LicvwNMeC1snH2pWRygwtXfMAI2i9ll1"',
      'set system services ssh',
      'set interfaces xe-0/0/0 unit 0 family inet address 192.168.10.1/24',
    ]
    const { ready } = await runs('--config', file(`${lines.join('\n')}\n`))
    expect(await configuration(ready.ssh)).toEqual(expect.arrayContaining([lines[0], lines.at(-1)]))
  })

  test('an empty configuration is a device without users or listeners', async () => {
    const { ready } = await runs('--config', file(''))
    expect(ready.grpc).toBeUndefined()
    expect(ready.mqtt).toBeUndefined()
    expect(await readiness(ready.control)).toMatchObject({ status: 200 })
  })

  test('a configuration of 10 MB', async () => {
    const routes: string[] = []
    for (let i = 0; routes.length < 120_000; i++)
      routes.push(
        `        route 10.${(i >> 16) & 255}.${(i >> 8) & 255}.${i & 255}/32 next-hop 192.168.10.${(i % 250) + 2};`,
      )
    const big = `${text}\nrouting-options {\n    static {\n${routes.join('\n')}\n    }\n}\n${'# a comment that is a line of its own\n'.repeat(100_000)}`
    expect(big.length).toBeGreaterThan(10_000_000)
    const { ready } = await runs('--config', file(big))
    expect(await readiness(ready.control)).toMatchObject({ status: 200 })
  })

  test('the ready file is gone when the device is', async () => {
    const place = folder()
    const { child } = await up(place, portFlags(anyPorts))
    expect(existsSync(join(place, 'ready.json'))).toBe(true)
    await end(child)
    expect(existsSync(join(place, 'ready.json'))).toBe(false)
  })
})

describe('hangar', () => {
  const run = (...args: string[]) =>
    spawnSync(process.execPath, [hangar, ...args], { encoding: 'utf8', timeout: 30_000 })

  test('--help and --version', () => {
    expect(run('--help')).toMatchObject({ status: 0, stdout: expect.stringContaining('--ready-file') })
    expect(run('--version')).toMatchObject({ status: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) })
  })

  test('an unknown command', () => {
    expect(run('upp')).toMatchObject(oneLine(/upp/))
  })

  test('cli where no device runs', () => {
    expect(run('cli', '--dir', folder(), '-c', 'show version')).toMatchObject(oneLine(/no device/))
  })
})
