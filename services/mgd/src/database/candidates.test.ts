import { ManualClock } from '@hangar/runtime'
import { expect, test } from 'vitest'
import { password, TestDevice } from '../testing/device.ts'

const prompt = '# '

async function twoAtTerminals(device: TestDevice) {
  const first = await device.ssh()
  const second = await device.ssh()
  const [one, two] = [await first.shell(), await second.shell()]
  await one.see('> ')
  await two.see('> ')
  return { one, two }
}

test('everybody edits the one shared candidate, and whoever commits commits all of it', async () => {
  await using device = await TestDevice.start()
  const { one, two } = await twoAtTerminals(device)
  await one.type('configure\r', prompt)
  const seen = await two.type('configure\r', prompt)
  expect(seen).toContain('Users currently editing the configuration:')
  expect(seen).toMatch(/lab terminal pts\/0 \(pid \d+\) on since /)
  await one.type('set system host-name a\r', prompt)
  await two.type('set system domain-name b.example\r', prompt)
  expect(await two.type('show | compare\r', prompt)).toContain('+  host-name a;')
  expect(await two.type('commit\r', prompt)).toContain('commit complete')
  expect(await one.type('show | compare\r', prompt)).not.toContain('+')
})

test('a private candidate commits its own changes onto what others committed meanwhile', async () => {
  await using device = await TestDevice.start()
  const { one, two } = await twoAtTerminals(device)
  for (const typist of [one, two]) await typist.type('configure private\r', prompt)
  await one.type('set interfaces xe-0/0/0 description one\r', prompt)
  await two.type('set interfaces xe-0/0/1 description two\r', prompt)
  expect(await two.type('show interfaces\r', prompt)).not.toContain('one')
  expect(await one.type('commit\r', prompt)).toContain('commit complete')
  expect(await two.type('show | compare\r', prompt)).not.toContain('one')
  expect(await two.type('commit\r', prompt)).toContain('commit complete')
  const { output } = await device.cli('show configuration interfaces | display set')
  expect(output).toBe('set interfaces xe-0/0/0 description one\nset interfaces xe-0/0/1 description two\n')
  // What a private candidate changed and did not commit is gone with it.
  await one.type('set system host-name lost\r', prompt)
  await one.type('exit\r', '(yes)')
  await one.type('yes\r', '> ')
  expect((await device.cli('configure private\nshow | compare')).output).not.toContain('lost')
})

test('exclusive use keeps others from changing, and is over when its owner leaves or is cut off', async () => {
  await using device = await TestDevice.start()
  const { one, two } = await twoAtTerminals(device)
  await one.type('configure exclusive\r', prompt)
  await one.type('set system host-name mine\r', prompt)
  expect(await two.type('configure exclusive\r', '> ')).toContain('error: configuration database locked by:')
  expect(await two.type('configure private\r', '> ')).toContain('error: configuration database locked by:')
  await two.type('configure\r', prompt)
  expect(await two.type('set system host-name other\r', prompt)).toContain('configuration database locked')
  expect(await two.type('commit\r', prompt)).toContain('configuration database locked')
  one.channel.close()
  await one.end()
  expect(await two.type('show | compare\r', prompt)).not.toContain('mine')
  expect(await two.type('set system host-name other\r', prompt)).not.toContain('locked')
})

test('no private or exclusive candidate starts while the shared one has changes', async () => {
  await using device = await TestDevice.start()
  const { one, two } = await twoAtTerminals(device)
  await one.type('configure\r', prompt)
  await one.type('set system host-name a\r', prompt)
  for (const mode of ['private', 'exclusive'])
    expect(await two.type(`configure ${mode}\r`, '> ')).toContain('configuration database modified')
})

test('a commit that nobody confirms is rolled back, and everybody at a terminal is told', async () => {
  const clock = new ManualClock()
  await using device = await TestDevice.start({ clock })
  using client = await device.ssh()
  const one = await client.shell()
  await one.see('> ')
  await one.type('configure\r', prompt)
  await one.type('set system host-name tried\r', prompt)
  const seen = await one.type('commit confirmed 2\r', 'lab@tried# ')
  expect(seen).toContain('commit confirmed will be automatically rolled back in 2 minutes unless confirmed')
  expect(seen).toContain('# commit confirmed will be rolled back in 2 minutes')
  await clock.advance(119_000)
  expect((await device.cli('show version')).output).toContain('Hostname: tried')
  await clock.advance(1000)
  await one.see('Commit was not confirmed; automatic rollback complete.')
  expect((await device.cli('show version')).output).toContain('Hostname: r1')
  expect(device.tags()).toContain('UI_COMMIT_NOT_CONFIRMED')
  expect((await device.cli('show system commit')).output).toMatch(
    /^0 .* by root via other\n1 .* by lab via cli commit confirmed, rollback in \d+mins\n/,
  )
})

test.each(['commit', 'commit check'])('%s confirms', async how => {
  const clock = new ManualClock()
  await using device = await TestDevice.start({ clock })
  await device.cli('configure\nset system host-name kept\ncommit confirmed 1')
  await device.cli(`configure\n${how}`)
  await clock.advance(3_600_000)
  expect((await device.cli('show version')).output).toContain('Hostname: kept')
  await device.stop()
  await using again = await TestDevice.start({ clock, directory: device.directory })
  expect((await again.cli('show version')).output).toContain('Hostname: kept')
})

test('a device that goes down before the confirmation comes back rolled back', async () => {
  await using device = await TestDevice.start()
  await device.cli(
    'configure\nset system host-name tried\ncommit confirmed\nset system host-name twice\ncommit confirmed 5',
  )
  await device.stop()
  await using again = await TestDevice.start({ directory: device.directory })
  expect((await again.cli('show version')).output).toContain('Hostname: r1')
})

test('rollback and show | compare know the configurations of before', async () => {
  await using device = await TestDevice.start()
  for (const name of ['a', 'b', 'c'])
    await device.cli(`configure\nset system host-name ${name}\ncommit comment "to ${name}"`)
  expect((await device.cli('configure\nshow | compare rollback 2')).output).toContain(
    '-  host-name a;\n+  host-name c;',
  )
  const { output } = await device.cli('configure\nrollback 1\nshow | compare\ncommit')
  expect(output).toContain('load complete\n[edit system]\n-  host-name c;\n+  host-name b;\ncommit complete')
  expect((await device.cli(`configure\ncommit comment ${'x'.repeat(513)}`)).output).toContain(
    'error: comment is longer than',
  )
  expect((await device.cli('configure\nrollback 30')).output).toContain('error: rollback 30 does not exist')
  expect((await device.cli('show system commit')).output).toMatch(/^0 .*\n1 .*\n {4}to c\n2 .*\n {4}to b\n/)
  expect((await device.cli('show system rollback 1')).output).toContain('host-name c;')
})

test('load override, merge, replace and set', async () => {
  await using device = await TestDevice.start()
  using client = await device.ssh()
  const one = await client.shell()
  await one.see('> ')
  await one.type('configure\r', prompt)
  await one.type('load merge terminal\r', 'end input]\r\n')
  expect(await one.type('system { host-name merged; }\r\u0004', prompt)).toContain('load complete')
  await one.type('load set terminal\r', 'end input]\r\n')
  expect(await one.type('set system domain-name d.example\rset system nonsense x\r\u0004', prompt)).toContain(
    '(1 errors)',
  )
  await one.type('load replace terminal\r', 'end input]\r\n')
  await one.type('system { replace: services { ssh; } }\r\u0004', prompt)
  const { output } = await device.cli('configure\nshow | display set | no-more')
  expect(output).toContain('set system host-name merged\n')
  expect(output).toContain('set system domain-name d.example\n')
  expect(output).toContain('set system services ssh\n')
  expect(output).not.toContain('netconf')
  await one.type('load override terminal\r', 'end input]\r\n')
  await one.type('system { host-name over; }\r\u0004', prompt)
  expect((await device.cli('configure\nshow | display set | no-more')).output).toMatch(
    /not committed\nset version 23.4R1.10\nset system host-name over\n$/,
  )
  expect(device.tags().filter(tag => tag === 'UI_LOAD_EVENT')).toHaveLength(4)
})

test('a plain-text password is asked for twice, and stored encrypted', async () => {
  await using device = await TestDevice.start()
  using client = await device.ssh()
  const one = await client.shell()
  await one.see('> ')
  await one.type('configure\r', prompt)
  await one.type('set system login user new class super-user\r', prompt)
  await one.type('set system login user new authentication plain-text-password\r', 'ew password:')
  await one.type('Secret-1\r', 'ew password:')
  const seen = await one.type('Secret-1\r', prompt)
  expect(seen).not.toContain('Secret')
  await one.type('commit\r', 'commit complete')
  using other = await device.ssh({ username: 'new', password: 'Secret-1' })
  expect((await other.exec('show version')).status).toBe(0)
  expect((await device.cli('show configuration system login user new')).output).toMatch(
    /encrypted-password "\$6\$[^"]+"; ## SECRET-DATA/,
  )
  for (const message of device.syslog) expect(message.message).not.toContain('Secret-1')
  expect(password).not.toBe('Secret-1')
})

test('help and completion come from the schema and from what is configured', async () => {
  await using device = await TestDevice.start()
  using client = await device.ssh()
  const one = await client.shell()
  await one.see('> ')
  await one.type('configure\r', prompt)
  const cancel = async () => {
    await one.type('\u0003', '^C')
    await one.see(prompt)
  }
  expect(await one.type('set system ho\t', 'host-name ')).toContain('host-name')
  await cancel()
  expect(await one.type('delete system login user ?', 'viewer')).toContain('lab')
  await cancel()
  const refused = await one.type('set interfaces xe-0/0/0 unit 0 family inet address 10.0.0.300/24\r', prompt)
  expect(refused).toMatch(/\^\r\ninvalid value '300' in ip address/)
})

test('words that lead nowhere get a caret and change nothing', async () => {
  await using device = await TestDevice.start()
  const { output } = await device.cli('configure\nset system hst-name a\ndelete system domain-name\nshow | compare')
  expect(output).toBe('Entering configuration mode\n           ^\nsyntax error.\nwarning: statement not found\n')
})

test('elements are renamed, copied, moved, annotated and protected at the command line', async () => {
  await using device = await TestDevice.start()
  const { output, status } = await device.cli(
    [
      'configure',
      'set policy-options policy-statement p term one then accept',
      'set policy-options policy-statement p term two then reject',
      'insert policy-options policy-statement p term two before term one',
      'rename policy-options policy-statement p to policy-statement q',
      'copy policy-options policy-statement q term one to term three',
      'annotate policy-options policy-statement q "who goes where"',
      'protect policy-options policy-statement q term one',
      'delete policy-options policy-statement q term one',
      'rename policy-options policy-statement nobody to policy-statement r',
      'show policy-options',
      'show policy-options | display set',
      'commit',
    ].join('\n'),
  )
  expect(output).toContain(`/* who goes where */
policy-statement q {
    term two {
        then reject;
    }
    protect: term one {
        then accept;
    }
    term three {
        then accept;
    }
}
`)
  expect(output).toContain('warning: statement is protected\n')
  expect(output).toContain('warning: statement not found\n')
  expect(output).toContain('\ncommit complete\n')
  expect(status).toBe(0)
  await device.stop()
  await using again = await TestDevice.start({ directory: device.directory })
  expect((await again.cli('show configuration policy-options')).output).toContain('/* who goes where */')
})
