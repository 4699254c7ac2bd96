import { ManualClock } from '@hangar/runtime'
import { expect, test } from 'vitest'
import { TestDevice } from '../testing/device.ts'
import { never, reader } from '../testing/reader.ts'

const address = 'set interfaces xe-0/0/0 unit 0 family inet address 192.0.2.1/24'
const commit = (...lines: string[]) => ['configure', ...lines, 'commit', 'exit'].join('\n')

/** Until something becomes true; turns of the event loop, not time. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise(setImmediate)
}

test('a daemon is told of its own part and of nothing else, first to check, then to apply', async () => {
  const interfaces = reader('one')
  const hostName = reader('two', [['system', 'host-name']])
  await using device = await TestDevice.start({ daemons: [interfaces.definition, hostName.definition] })
  await until(() => interfaces.applies.length === 1 && hostName.applies.length === 1)
  expect(hostName.current).toEqual(['set system host-name r1'])
  expect((await device.cli(commit(address))).output).toContain('commit complete\n')
  expect(interfaces.current).toEqual([address])
  expect(interfaces.checks).toHaveLength(2)
  expect(hostName.checks).toHaveLength(1)
  await device.cli(commit('set system host-name r2'))
  expect(hostName.current).toEqual(['set system host-name r2'])
  await device.cli(commit('delete interfaces'))
  expect(interfaces.current).toEqual([])
  expect(interfaces.applies).toHaveLength(3)
})

test('a daemon that refuses fails the commit with its words, and nothing has changed anywhere', async () => {
  const good = reader('good')
  const bad = reader('bad')
  bad.onCheck = next =>
    next.at('interfaces').list().length > 0
      ? [
          {
            path: ['interfaces', 'xe-0/0/0'],
            element: 'unit 0',
            message: 'Only unit 1 is valid for this encapsulation',
          },
        ]
      : []
  await using device = await TestDevice.start({ daemons: [good.definition, bad.definition] })
  const { output, status } = await device.cli(commit(address))
  expect(output).toContain(
    "[edit interfaces xe-0/0/0]\n  'unit 0'\n    Only unit 1 is valid for this encapsulation\nerror: configuration check-out failed\n",
  )
  expect(status).toBe(1)
  expect(good.current).toEqual([])
  expect((await device.cli('show configuration interfaces')).output).toBe('')
  expect((await device.cli('show system commit')).output.split('\n')).toHaveLength(2)
  // The candidate is as it was left, and a later commit without the fault goes through.
  expect((await device.cli('configure\ndelete interfaces\nset system host-name r5\ncommit')).output).toContain(
    'commit complete',
  )
})

test('a daemon that does not answer fails the commit in bounded time', async () => {
  const clock = new ManualClock()
  const slow = reader('slow')
  await using device = await TestDevice.start({ clock, daemons: [slow.definition] })
  await until(() => slow.applies.length === 1)
  slow.onCheck = () => never()
  const committing = device.cli(commit(address))
  await until(() => slow.checks.length === 2)
  await clock.advance(5000)
  expect((await committing).output).toContain('slow did not answer in 5 seconds\nerror: configuration check-out failed')
})

test('a daemon that is not there does not hold a commit up, and has everything when it comes', async () => {
  await using device = await TestDevice.start()
  expect((await device.cli(commit(address))).output).toContain('commit complete')
  const late = reader('late')
  await device.run(late.definition)
  await until(() => late.applies.length === 1)
  expect(late.current).toEqual([address])
})

test('a daemon that dies and comes back is told everything again', async () => {
  const first = reader('dying')
  await using device = await TestDevice.start({ daemons: [first.definition] })
  await device.cli(commit(address))
  device.hub.kill('dying')
  expect((await device.cli(commit('set interfaces xe-0/0/1 disable'))).output).toContain('commit complete')
  const second = reader('dying')
  await device.run(second.definition)
  await until(() => second.applies.length === 1)
  expect(second.current).toEqual([address, 'set interfaces xe-0/0/1 disable'])
  await device.cli(commit('delete interfaces xe-0/0/1'))
  expect(second.current).toEqual([address])
})

test('a daemon that dies while it checks is as one that is not there', async () => {
  const dying = reader('dying')
  await using device = await TestDevice.start({ daemons: [dying.definition] })
  await until(() => dying.applies.length === 1)
  dying.onCheck = () => {
    device.hub.kill('dying')
    return never()
  }
  expect((await device.cli(commit(address))).output).toContain('commit complete')
})

test('a daemon that does not come to an end with applying is told everything again', async () => {
  const clock = new ManualClock()
  const stuck = reader('stuck')
  await using device = await TestDevice.start({ clock, daemons: [stuck.definition] })
  await until(() => stuck.applies.length === 1)
  let release: (() => void) | undefined
  stuck.onApply = () =>
    new Promise(resolve => {
      release = () => resolve([])
    })
  const committing = device.cli(commit(address))
  await until(() => release !== undefined)
  await clock.advance(10_000)
  expect((await committing).output).toContain('commit complete')
  stuck.onApply = () => []
  release!()
  await until(() => stuck.applies.length === 3)
  expect(stuck.current).toEqual([address])
})

test('a daemon that was stuck at its start is told when it can listen', async () => {
  const clock = new ManualClock()
  const stuck = reader('stuck')
  stuck.onCheck = () => {
    stuck.onCheck = () => []
    throw new Error('not yet')
  }
  await using device = await TestDevice.start({ clock, daemons: [stuck.definition] })
  await until(() => stuck.checks.length === 1)
  await clock.advance(30_000)
  await until(() => stuck.applies.length === 1)
  expect((await device.cli(commit(address))).output).toContain('commit complete')
  expect(stuck.current).toEqual([address])
})

test('what a login class says and is not enforced is a warning', async () => {
  await using device = await TestDevice.start()
  const { output } = await device.cli(commit('set system login class noc deny-commands "show version"'))
  expect(output).toContain(
    "[edit system login class noc]\n  'deny-commands'\n    warning: statement is not enforced\ncommit complete",
  )
})

test('what a daemon cannot do comes out as a warning of a commit that is done', async () => {
  const busy = reader('busy')
  busy.onApply = next =>
    next.at('interfaces').list().length > 0
      ? [{ path: ['interfaces'], element: 'xe-0/0/0', message: 'port 1 is in use' }]
      : []
  await using device = await TestDevice.start({ daemons: [busy.definition] })
  const { output } = await device.cli(commit(address))
  expect(output).toContain("[edit interfaces]\n  'xe-0/0/0'\n    warning: port 1 is in use\ncommit complete\n")
})

test('what daemons say to the configuration of a start is told to whoever started', async () => {
  const busy = reader('busy', [['system', 'host-name']])
  busy.onApply = () => [{ path: ['system'], element: 'host-name', message: 'port 1 is in use' }]
  const picky = reader('picky', [['system', 'host-name']])
  picky.onCheck = () => [{ path: ['system'], element: 'host-name', message: 'no such name' }]
  await using device = await TestDevice.start({ daemons: [busy.definition, picky.definition] })
  await until(() => device.startProblems.length === 2)
  expect(device.startProblems.map(error => [error.code, error.message]).sort()).toEqual([
    ['HGR_CONFIG_INVALID', "[edit system] 'host-name': no such name"],
    ['HGR_PORT_IN_USE', "[edit system] 'host-name': port 1 is in use"],
  ])
})

test('a commit without changes is done, is remembered, and concerns no daemon', async () => {
  const one = reader('one')
  await using device = await TestDevice.start({ daemons: [one.definition] })
  await until(() => one.applies.length === 1)
  expect((await device.cli('configure\ncommit')).output).toContain('commit complete')
  expect(one.checks).toHaveLength(1)
  expect((await device.cli('show system commit')).output.split('\n')).toHaveLength(3)
})

test('the history keeps that a commit waited for its confirmation', async () => {
  await using device = await TestDevice.start()
  await device.cli('configure\nset system host-name a\ncommit confirmed 5 comment trial\ncommit')
  expect((await device.cli('show system commit')).output).toMatch(
    /^0 .* via cli\n1 .* via cli commit confirmed, rollback in 5mins\n {4}trial\n2 /,
  )
})

test('what groups say reaches the daemons expanded, what is inactive does not', async () => {
  const one = reader('one')
  await using device = await TestDevice.start({ daemons: [one.definition] })
  await device.cli(
    commit(
      'set groups g interfaces <xe-*> description "a b"',
      'set apply-groups g',
      address,
      'set interfaces xe-0/0/1 disable',
      'deactivate interfaces xe-0/0/1',
    ),
  )
  expect(one.current.sort()).toEqual(['set interfaces xe-0/0/0 description "a b"', address])
})

test('commit check asks, and changes nothing', async () => {
  const one = reader('one')
  await using device = await TestDevice.start({ daemons: [one.definition] })
  await until(() => one.applies.length === 1)
  const { output } = await device.cli(`configure\n${address}\ncommit check`)
  expect(output).toContain('configuration check succeeds')
  expect(one.checks).toHaveLength(2)
  expect(one.current).toEqual([])
})
