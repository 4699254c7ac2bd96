import { ManualClock } from '@hangar/runtime'
import { describe, expect, it } from 'vitest'
import type { Editor } from './configuration-session.ts'
import { CliSession } from './session.ts'
import { FakeHost } from './testing/fake-host.ts'
import { MemoryTerminal } from './testing/memory-terminal.ts'
import { screenOf } from './testing/screen.ts'
import { settle } from './testing/settle.ts'

const other: Editor = {
  user: 'lab',
  terminal: 'pts/1',
  pid: 4711,
  since: Date.UTC(2025, 11, 31, 23, 0, 0),
  lastActive: Date.UTC(2025, 11, 31, 23, 58, 7),
  mode: 'shared',
  path: ['interfaces'],
}

function start({ isTty = true, host = new FakeHost() } = {}) {
  const terminal = new MemoryTerminal(isTty)
  const clock = new ManualClock()
  const session = new CliSession({ host, terminal, clock })
  return { terminal, clock, host, session }
}

async function exec(script: string, host = new FakeHost()) {
  const { session, terminal } = start({ isTty: false, host })
  const status = await session.exec(script)
  return { status, output: terminal.output }
}

async function piped(input: string, host = new FakeHost()) {
  const { session, terminal } = start({ isTty: false, host })
  terminal.type(input)
  terminal.hangUp()
  return { status: await session.run(), output: terminal.output }
}

describe('exec', () => {
  it('prints what the command prints, and nothing else', async () => {
    expect(await exec('show version')).toEqual({ status: 0, output: 'Hostname: router\nJunos: 23.4R1\n' })
  })

  it('runs several commands, and says with its status that one failed', async () => {
    const { status, output } = await exec('show failure; show version | match "J;?unos"\nshow version|count')
    expect(status).toBe(1)
    expect(output).toBe('error: device xe-9/9/9 not found\nJunos: 23.4R1\nCount: 2 lines\n')
  })

  it('configures', async () => {
    const host = new FakeHost()
    const { status, output } = await exec(
      'configure; set system host-name b; commit and-quit; show configuration',
      host,
    )
    expect(status).toBe(0)
    expect(output).toBe(
      'Entering configuration mode\ncommit complete\nExiting configuration mode\nsystem {\n    host-name b;\n}\n',
    )
    expect(host.hostName()).toBe('b')
  })

  it('answers questions itself, or with the next command', async () => {
    const leaving =
      'The configuration has been changed but not committed\nExit with uncommitted changes? [yes,no] (yes) '
    expect((await exec('configure; set system host-name b; exit; show version')).output).toContain(
      `${leaving}\n\nExiting configuration mode\nHostname: router`,
    )
    const stays = await exec('configure; set system host-name b; exit; no; show')
    expect(stays.output).toContain(`${leaving}no\nsystem {`)
  })

  it('never pages, and puts the caret below the word itself', async () => {
    expect((await exec('show numbers count 500')).output.split('\n')).toHaveLength(501)
    expect((await exec('show bogus')).output).toBe('     ^\nsyntax error, expecting <command>.\n')
  })

  it('ends its lines for a terminal when it has one', async () => {
    const { session, terminal } = start()
    await session.exec('show version')
    expect(terminal.output).toBe('Hostname: router\r\nJunos: 23.4R1\r\n')
  })

  it('stops at ^C', async () => {
    const { session, terminal } = start()
    const done = session.exec('monitor; show version')
    await settle(terminal)
    session.interrupt()
    expect(await done).toBe(1)
    expect(terminal.output).toBe('watching\r\n')
  })
})

describe('lines piped in', () => {
  it('are obeyed one after the other, in both modes', async () => {
    const { status, output } = await piped(
      'configure\r\nset system host-name b\nset interfaces xe-0/0/0 mtu 1500\ncommit\nexit\nshow configuration | display set',
    )
    expect(status).toBe(0)
    expect(output).toBe(
      'Entering configuration mode\ncommit complete\nExiting configuration mode\n' +
        'set system host-name b\nset interfaces xe-0/0/0 mtu 1500\n',
    )
  })

  it('go on after one that failed', async () => {
    expect(await piped('bogus\nshow version | count\n')).toEqual({
      status: 1,
      output: '^\nunknown command.\nCount: 2 lines\n',
    })
  })

  it('may hold passwords and text to load', async () => {
    const { output } = await piped(
      'configure\nset system root-authentication plain-text-password\nsecret1\nsecret1\n' +
        'load set terminal\nset system host-name c\n\u0004show | display set\n',
    )
    expect(output).toContain('load complete\nset system host-name c\nset system root-authentication encrypted-password')
    expect(output).not.toContain('secret1\n')
  })

  it('leave a candidate behind, and close it', async () => {
    const host = new FakeHost()
    await piped('configure exclusive\nset system host-name b', host)
    expect(host.database.shared).toBe(host.database.committed)
  })
})

describe('other people', () => {
  it('are named when one enters', async () => {
    const host = new FakeHost()
    host.database.editors.push(other)
    expect((await exec('configure', host)).output).toBe(
      'Entering configuration mode\nUsers currently editing the configuration:\n' +
        '  lab terminal pts/1 (pid 4711) on since 2025-12-31 23:00:00 UTC, idle 00:01:53\n      [edit interfaces]\n',
    )
  })

  it('hold the lock', async () => {
    const host = new FakeHost()
    host.database.editors.push({ ...other, mode: 'exclusive', path: [], lastActive: Date.UTC(2026, 0, 1) })
    const locked =
      'error: configuration database locked by:\n' +
      '  lab terminal pts/1 (pid 4711) on since 2025-12-31 23:00:00 UTC\n      exclusive [edit]\n'
    expect(await exec('configure exclusive', host)).toEqual({ status: 1, output: locked })
    expect((await exec('configure; set system host-name b', host)).output).toContain(locked)
  })

  it('left changes, with which no private or exclusive candidate begins', async () => {
    const host = new FakeHost()
    await exec('configure; set system host-name b', host)
    expect((await exec('configure exclusive', host)).output).toBe('error: configuration database modified\n')
    expect((await exec('configure private', host)).output).toContain("Please temporarily use 'configure shared'")
  })
})

describe('a commit', () => {
  it('that is refused says what is wrong and where', async () => {
    const host = new FakeHost()
    host.database.problems.push({
      warning: false,
      path: 'interfaces ge-0/0/1',
      element: 'unit 2',
      message: 'Only unit 0 is valid for this encapsulation',
    })
    const { status, output } = await exec('configure; commit and-quit; show | count', host)
    expect(status).toBe(1)
    expect(output).toBe(
      "Entering configuration mode\n[edit interfaces ge-0/0/1]\n  'unit 2'\n" +
        '    Only unit 0 is valid for this encapsulation\nerror: configuration check-out failed\nCount: 0 lines\n',
    )
  })

  it('prints its warnings', async () => {
    const host = new FakeHost()
    host.database.problems.push({ warning: true, path: '', message: 'mgd is still starting' })
    expect((await exec('configure; commit check', host)).output).toContain(
      '[edit]\n  warning: mgd is still starting\nconfiguration check succeeds\n',
    )
  })

  it('carries its options', async () => {
    const host = new FakeHost()
    await exec('configure; commit comment "a b" confirmed 3', host)
    expect(host.database.commits).toEqual([{ check: false, comment: 'a b', confirmed: 3 }])
  })
})

describe('permissions', () => {
  it('hide commands as if they were not there', async () => {
    const host = new FakeHost()
    host.denied.add('configure').add('clear').add('view-configuration')
    expect((await exec('configure', host)).output).toBe('^\nunknown command.\n')
    expect((await exec('clear log x', host)).output).toBe('^\nunknown command.\n')
    expect((await exec('show configuration', host)).output).toBe('     ^\nsyntax error, expecting <command>.\n')
  })
})

describe('an interactive session', () => {
  it('runs what was typed ahead, except what ^C drops', async () => {
    const { session, terminal, host } = start()
    const done = session.run()
    terminal.type('monitor\r')
    await settle(terminal)
    terminal.type('show version\r')
    terminal.type('\u0003')
    terminal.type('exit\r')
    await done
    expect(host.linesRead).toEqual(['monitor', 'exit'])
    expect(host.signals.map(signal => signal.aborted)).toEqual([true])
  })

  it('ends from outside while a command runs, and closes the candidate', async () => {
    const { session, terminal, host } = start()
    const done = session.run()
    terminal.type('configure exclusive\rset system host-name b\rrun monitor\r')
    await settle(terminal)
    session.end()
    expect(await done).toBe(0)
    expect(host.database.shared).toBe(host.database.committed)
  })

  it('shows messages above the line being typed', async () => {
    const { session, terminal } = start()
    const done = session.run()
    terminal.type('show ver')
    await settle(terminal)
    session.notify('Commit was not confirmed; automatic rollback complete.')
    terminal.type('sion\r')
    await settle(terminal)
    session.end()
    await done
    expect(screenOf(terminal.output).slice(0, 5)).toEqual([
      'user@router> show ver',
      'Commit was not confirmed; automatic rollback complete.',
      'user@router> show version',
      'Hostname: router',
      'Junos: 23.4R1',
    ])
  })

  it('ends when nobody types for as long as was set', async () => {
    const { session, terminal, clock } = start()
    const done = session.run()
    terminal.type('set cli idle-timeout 2\r')
    await settle(terminal)
    await clock.advance(60_000)
    expect(terminal.output).toContain('session will be closed in 1 minute')
    terminal.type('x')
    await settle(terminal)
    await clock.advance(119_000)
    await clock.advance(1_000)
    expect(await done).toBe(0)
    expect(terminal.output).toContain('Idle timeout exceeded: closing session')
  })

  it('ends when nobody types for as long as the class may, from the login on', async () => {
    const { session, terminal, clock } = start({ host: Object.assign(new FakeHost(), { idleTimeout: 1 }) })
    const done = session.run()
    await settle(terminal)
    await clock.advance(59_000)
    expect(terminal.output).not.toContain('session')
    await clock.advance(1_000)
    expect(await done).toBe(0)
    expect(terminal.output).toContain('Idle timeout exceeded: closing session')
  })

  it('follows the size of its window', async () => {
    const { session, terminal } = start()
    const done = session.run()
    const long = `show version | match "${'x'.repeat(60)}`
    terminal.type(long)
    await settle(terminal)
    expect(screenOf(terminal.output).at(-1)).toMatch(/^user@router> \.\.\.x+$/)
    terminal.resize({ columns: 132, rows: 4 })
    await settle(terminal)
    expect(screenOf(terminal.output).at(-1)).toBe(`user@router> ${long}`)
    terminal.type('\u0015show version | display json\r')
    await settle(terminal)
    expect(screenOf(terminal.output).at(-1)).toBe('---(more)---')
    session.end()
    await done
  })

  it('makes a long paste wait where it comes from', async () => {
    const { session, terminal } = start()
    const done = session.run()
    terminal.type('monitor\r')
    const piece = new TextEncoder().encode('show version\r'.repeat(1000))
    for (let i = 0; i < 1000; i++) terminal.type(piece)
    await settle(terminal)
    expect(terminal.taken).toBeLessThan(5)
    session.end()
    await done
  })

  it('bounds a line that never ends', async () => {
    const { session, terminal } = start()
    const done = session.run()
    const piece = new Uint8Array(1 << 16).fill(0x61)
    for (let i = 0; i < 64; i++) terminal.type(piece)
    terminal.type('\u0015show version\r')
    await settle(terminal)
    session.end()
    await done
    expect(terminal.output).toContain('Hostname: router')
    expect(terminal.output.length).toBeLessThan(5_000_000)
  })

  it('ends with a reason when its host breaks', async () => {
    const host = new FakeHost()
    host.hostName = () => {
      throw new Error('no name')
    }
    const { session, terminal } = start({ host })
    expect(await session.run()).toBe(1)
    expect(terminal.output).toBe('error: no name\r\n')
  })

  it('survives a terminal that breaks', async () => {
    const { session, terminal } = start()
    terminal.write = () => {
      throw new Error('gone')
    }
    const done = session.run()
    terminal.type('show version\r')
    terminal.hangUp()
    expect(await done).toBe(0)
  })
})
