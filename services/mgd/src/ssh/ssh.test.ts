import { execFile } from 'node:child_process'
import { readdir, stat } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { ManualClock } from '@hangar/runtime'
import fc from 'fast-check'
import ssh2, { type ParsedKey } from 'ssh2'
import { describe, expect, test } from 'vitest'
import { password, TestDevice } from '../testing/device.ts'
import { newKey } from './host-keys.ts'

function opened(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => resolve(socket))
    socket.once('error', reject)
  })
}

const closed = (socket: Socket) => new Promise<void>(resolve => socket.once('close', () => resolve()).resume())

describe('who gets in', () => {
  test('a user with the password, or by keyboard-interactive; nobody else, and wrong ones wait', async () => {
    await using device = await TestDevice.start()
    using right = await device.ssh()
    expect((await right.exec('show version')).status).toBe(0)
    await new Promise<void>((resolve, reject) => {
      const client = new ssh2.Client()
      client.on('keyboard-interactive', (_name, _instructions, _language, _prompts, finish) => finish([password]))
      client
        .on('ready', () => client.end())
        .on('close', resolve)
        .on('error', reject)
      client.connect({
        ...device.endpoints.ssh!,
        username: 'lab',
        tryKeyboard: true,
        authHandler: ['keyboard-interactive'],
      })
    })
    const started = performance.now()
    await expect(device.ssh({ password: 'wrong' })).rejects.toThrow('authentication')
    expect(performance.now() - started).toBeGreaterThan(900)
    await expect(device.ssh({ username: 'nobody', password })).rejects.toThrow('authentication')
    expect(
      device.syslog.filter(message => message.tag === 'SSHD_LOGIN_FAILED').map(message => message.message),
    ).toEqual([
      "Login failed for user 'lab' from host '127.0.0.1'",
      "Login failed for user 'nobody' from host '127.0.0.1'",
    ])
  })

  test.each(['ed25519', 'ecdsa', 'rsa'] as const)('a user with an %s key', async kind => {
    const mine = await newKey(kind)
    const other = await newKey('ed25519')
    const parsed = ssh2.utils.parseKey(mine) as ParsedKey
    const publicKey = `${parsed.type} ${parsed.getPublicSSH().toString('base64')} me@here`
    await using device = await TestDevice.start()
    const { output } = await device.cli(
      `configure\nset system login user lab authentication ssh-${kind} "${publicKey}"\ncommit`,
    )
    expect(output).toContain('commit complete')
    using client = await device.ssh({ privateKey: mine })
    expect((await client.exec('show version')).status).toBe(0)
    await expect(device.ssh({ privateKey: other })).rejects.toThrow('authentication')
  })

  test('root as services ssh root-login says', async () => {
    await using device = await TestDevice.start()
    const hash = (await device.cli('show configuration system login user lab | display set')).output.match(/"(.*)"/)![1]
    await device.cli(`configure\nset system root-authentication encrypted-password "${hash}"\ncommit`)
    await expect(device.ssh({ username: 'root', password })).rejects.toThrow('authentication')
    await device.cli('configure\nset system services ssh root-login allow\ncommit')
    using client = await device.ssh({ username: 'root', password })
    expect((await client.exec('show version')).status).toBe(0)
  })

  test('what the class may not do does not exist for it', async () => {
    await using device = await TestDevice.start()
    using client = await device.ssh({ username: 'viewer', password })
    expect((await client.exec('show version')).status).toBe(0)
    const refused = await client.exec('configure')
    expect(refused).toMatchObject({ status: 1 })
    expect(refused.output).not.toContain('Entering')
  })

  test('the messages before and after login are shown', async () => {
    await using device = await TestDevice.start()
    await device.cli(
      'configure\nset system login message "keep out\\nplease"\nset system login announcement "be quick"\ncommit',
    )
    const banner = await new Promise(resolve => {
      const client = new ssh2.Client()
      client.on('banner', text => {
        resolve(text)
        client.end()
      })
      client.on('error', () => {})
      client.connect({ ...device.endpoints.ssh!, username: 'lab', password })
    })
    expect(banner).toBe('keep out\r\nplease\r\n')
    using client = await device.ssh()
    expect(await (await client.shell()).see('lab@r1> ')).toMatch(/^be quick\r\n/)
    expect((await client.exec('show version')).output).not.toContain('quick')
  })
})

describe('a session', () => {
  test('at a terminal: prompt, resize, logout; LOGIN_INFORMATION and the lines that were read are logged', async () => {
    await using device = await TestDevice.start()
    using client = await device.ssh()
    const one = await client.shell(80, 10)
    await one.see('lab@r1> ')
    expect(await one.type('show system users\r', 'lab@r1> ')).toMatch(/lab {6}pts\/0 {4}127\.0\.0\.1 /)
    expect(await one.type('configure\r', '# ')).toContain('Entering configuration mode\r\n\r\n[edit]\r\n')
    expect(await one.type('show\r', '---(more)---')).not.toContain('netconf')
    one.channel.setWindow(100, 120, 0, 0)
    await one.type('q', 'lab@r1# ')
    expect(await one.type('show\r', 'lab@r1# ')).toContain('netconf')
    await one.type('exit\r', '> ')
    one.channel.write('exit\r')
    await one.end()
    const login = device.syslog.find(message => message.tag === 'LOGIN_INFORMATION')!
    expect(login).toMatchObject({ facility: 'auth', severity: 'info', process: 'login' })
    expect(login.message).toBe('User lab logged in from host 127.0.0.1 on device pts/0')
    expect(login.attributes.map(({ name, value }) => [name, value])).toEqual([
      ['username', 'lab'],
      ['hostname', '127.0.0.1'],
      ['tty-name', 'pts/0'],
    ])
    const line = device.syslog.find(message => message.tag === 'UI_CMDLINE_READ_LINE')!
    expect(line.attributes.map(({ value }) => value)).toEqual(['lab', 'show system users '])
  })

  test('without a terminal takes lines and gives output alone', async () => {
    await using device = await TestDevice.start()
    using client = await device.ssh()
    const output = await new Promise<string>((resolve, reject) => {
      client.client.shell(false, (error, channel) => {
        if (error) return reject(error)
        let text = ''
        channel
          .on('data', (piece: Buffer) => {
            text += piece
          })
          .on('close', () => resolve(text))
        channel.end('show version | match Hostname\nshow version | match Model\n')
      })
    })
    expect(output).toBe('Hostname: r1\nModel: vmx\n')
  })

  test('several lines in one command, and a failed one in the exit status', async () => {
    await using device = await TestDevice.start()
    using client = await device.ssh()
    expect(await client.exec('show version | match Host; show version | match Mod')).toEqual({
      output: 'Hostname: r1\nModel: vmx\n',
      status: 0,
    })
    expect((await client.exec('show nothing')).status).toBe(1)
  })

  test('a client that is cut off leaves nothing behind', async () => {
    await using device = await TestDevice.start()
    const client = await device.ssh()
    const one = await client.shell()
    await one.type('configure exclusive\r', '# ')
    client.client.destroy()
    while (device.tags().at(-1) !== 'UI_LOGOUT_EVENT') await new Promise(setImmediate)
    expect((await device.cli('configure exclusive')).output).toContain('Entering')
    expect((await device.cli('show system users')).output).not.toContain('lab ')
  })

  test('forwarding, agents and files are refused', async () => {
    await using device = await TestDevice.start()
    using client = await device.ssh()
    await expect(
      new Promise((resolve, reject) =>
        client.client.forwardOut('127.0.0.1', 1, '127.0.0.1', 1, (error, channel) =>
          error ? reject(error) : resolve(channel),
        ),
      ),
    ).rejects.toThrow()
    await expect(client.subsystem('sftp')).rejects.toThrow()
    expect((await client.exec('show version')).status).toBe(0)
  })

  test('any words of the language end in output and a status, whatever they do', async () => {
    await using device = await TestDevice.start()
    using client = await device.console()
    const words =
      'show configuration version system commit rollback users interfaces xe-0/0/0 unit 0 family inet address 10.0.0.1/24 ' +
      'configure private exclusive set delete edit up top exit run compare | match except count last display set xml json inheritance ' +
      'no-more deactivate activate check comment confirmed 1 and-quit status load merge override terminal relative login user class ' +
      'groups apply-groups <*> [ ] "a b" " \\ ? host-name services ssh 999999999999 - { } ; # yes no'
    const line = fc.array(fc.constantFrom(...words.split(' '), ''), { maxLength: 7 }).map(all => all.join(' '))
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 8 }), async lines => {
        const { status } = await client.exec(lines.join('\n'))
        expect([0, 1]).toContain(status)
      }),
      { numRuns: 150 },
    )
    expect((await client.exec('show version')).status).toBe(0)
  })

  test('any line ends in output and a status, and the device goes on', async () => {
    await using device = await TestDevice.start()
    using client = await device.console()
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string({ unit: 'binary', maxLength: 60 }), { maxLength: 4 }), async lines => {
        const { status } = await client.exec(lines.join('\n'))
        expect([0, 1]).toContain(status)
      }),
      { numRuns: 100 },
    )
    expect((await client.exec('show version')).status).toBe(0)
  })
})

describe('the console', () => {
  test('lets its owner in without asking, as root or as a user that exists', async () => {
    await using device = await TestDevice.start()
    expect((await stat(join(device.directory, 'console.sock'))).mode & 0o777).toBe(0o600)
    expect((await device.cli('configure\nset system host-name x')).status).toBe(0)
    expect((await device.cli('configure', 'viewer')).status).toBe(1)
    await expect(device.console('stranger')).rejects.toThrow('authentication')
  })

  test('has the other commands of the device, and gives XML and JSON', async () => {
    await using device = await TestDevice.start()
    const json = JSON.parse((await device.cli('show version | display json')).output)
    expect(json['software-information'][0]['product-model']).toEqual([{ data: 'vmx' }])
    expect((await device.cli('show version | display xml')).output).toContain('<host-name>r1</host-name>')
  })
})

describe('the listeners', () => {
  test('come and go with the configuration', async () => {
    await using device = await TestDevice.start()
    const { port } = device.endpoints.ssh!
    await device.cli('configure\ndelete system services ssh\ncommit')
    expect(device.endpoints.ssh).toBeUndefined()
    await expect(opened(port)).rejects.toMatchObject({ code: 'ECONNREFUSED' })
    await device.cli('configure\nset system services ssh\ncommit')
    expect(device.endpoints.ssh).toEqual({ host: '127.0.0.1', port })
  })

  test('a port that is taken is an error at the start, and a warning afterwards', async () => {
    await using first = await TestDevice.start()
    const sshPort = first.endpoints.ssh!.port
    await expect(TestDevice.start({ sshPort })).rejects.toMatchObject({ code: 'HGR_PORT_IN_USE' })
    await using device = await TestDevice.start({
      sshPort,
      initialConfiguration: 'set system host-name quiet',
    })
    const { output } = await device.cli('configure\nset system services ssh\ncommit')
    expect(output).toMatch(/\[edit system services\]\n {2}'ssh'\n {4}warning: .*in use\ncommit complete/)
  })

  test('connections above the limits are closed at once, and disturb nobody', async () => {
    const clock = new ManualClock()
    await using device = await TestDevice.start({ clock })
    await device.cli('configure\nset system services ssh connection-limit 2\ncommit')
    using one = await device.ssh()
    using two = await device.ssh()
    await closed(await opened(device.endpoints.ssh!.port))
    expect((await one.exec('show version')).status).toBe(0)
    await device.cli('configure\nset system services ssh connection-limit 5 rate-limit 3\ncommit')
    await closed(await opened(device.endpoints.ssh!.port))
    expect((await two.exec('show version')).status).toBe(0)
    await clock.advance(60_000)
    using _three = await device.ssh()
  })

  test('who does not log in is sent away, garbage too, and nobody else notices', async () => {
    const clock = new ManualClock()
    await using device = await TestDevice.start({ clock })
    const { port } = device.endpoints.ssh!
    const idle = await opened(port)
    idle.on('error', () => {})
    const gone = closed(idle)
    using client = await device.ssh()
    await clock.advance(61_000)
    await gone
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 500 }), fc.boolean(), async (bytes, greet) => {
        const socket = await opened(port)
        socket.on('error', () => {})
        const over = closed(socket)
        if (greet) socket.write('SSH-2.0-garbage\r\n')
        socket.end(bytes)
        await over
      }),
      { numRuns: 50 },
    )
    expect((await client.exec('show version')).status).toBe(0)
  })

  test('show system connections has the ports of the device', async () => {
    await using device = await TestDevice.start()
    using _client = await device.ssh()
    const { Daemon } = await import('@hangar/protocol/hangar/daemon/v1/daemon_pb')
    const { sockets } = await device.bus('asker').client('mgd', Daemon).listSockets({})
    expect(sockets.map(({ local, state }) => `${local} ${state}`)).toEqual([
      '*.22 LISTEN',
      '*.22 LISTEN',
      '127.0.0.1.22 ESTABLISHED',
      '*.830 LISTEN',
      '*.830 LISTEN',
    ])
  })
})

test('host keys are made once, and are for the owner alone', async () => {
  await using device = await TestDevice.start()
  const fingerprint = async () => {
    let seen = ''
    using _client = await device.ssh({
      password,
      hostVerifier: (key: Buffer) => {
        seen = key.toString('base64')
        return true
      },
    })
    return seen
  }
  const first = await fingerprint()
  await device.stop()
  await using again = await TestDevice.start({ directory: device.directory })
  let second = ''
  using _client = await again.ssh({
    password,
    hostVerifier: (key: Buffer) => {
      second = key.toString('base64')
      return true
    },
  })
  expect(second).toBe(first)
  for (const name of await readdir(join(device.directory, 'ssh')))
    expect((await stat(join(device.directory, 'ssh', name))).mode & 0o777).toBe(0o600)
})

test('OpenSSH: a command with its exit status, and a terminal', async context => {
  const run = (args: string[], input = '') =>
    new Promise<{ output: string; code: number | string }>(resolve => {
      const options = ['-o', 'StrictHostKeyChecking=no', '-o', 'UserKnownHostsFile=/dev/null', '-o', 'LogLevel=ERROR']
      const all = ['-p', password, 'ssh', ...options, '-p', String(device.endpoints.ssh!.port), ...args]
      const child = execFile('sshpass', all, (error, stdout) => resolve({ output: stdout, code: error?.code ?? 0 }))
      child.stdin!.end(input)
    })
  await using device = await TestDevice.start()
  const version = await run(['lab@127.0.0.1', 'show version'])
  if (version.code === 'ENOENT') return context.skip('sshpass is not installed')
  expect(version).toMatchObject({ code: 0 })
  expect(version.output).toMatch(/^Hostname: r1\nModel: vmx\nJunos: 23\.4R1\.10\n/)
  expect((await run(['lab@127.0.0.1', 'show nothing'])).code).toBe(1)
  const typed = 'configure\rset system host-name typed\rcommit and-quit\rexit\r'
  const { output } = await run(['-tt', 'lab@127.0.0.1'], typed)
  expect(output).toContain('lab@r1# ')
  expect(output).toContain('commit complete\r\nExiting configuration mode\r\n')
  expect(output).toContain('lab@typed> ')
})
