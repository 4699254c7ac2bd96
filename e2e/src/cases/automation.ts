import { describe, expect, test } from 'vitest'
import { python } from '../clients/program.ts'
import { openShell, ssh } from '../clients/ssh.ts'
import type { DeviceOf } from '../device.ts'
import { split, user } from '../device.ts'

/**
 * scrapli's juniper_junos driver, which Debian does not have: what a prompt is to it (each privilege level's pattern), and what
 * counts as a failure.
 */
const scrapli = {
  exec: /^(\{\w+(:(\w+){1})?\}\n){0,1}[\w\-@()/:.]{1,63}>\s?$/im,
  configuration: /^(\{\w+(:(\w+){1})?\}[\n]{0,1}\[edit\]|\[edit\])\n{0,1}[\w\-@()/:.]{1,63}#\s?$/im,
  onOpen: ['set cli screen-width 511', 'set cli screen-length 0', 'set cli complete-on-space off'],
  failures: ['is ambiguous', 'No valid completions', 'unknown command', 'syntax error'],
}

export function automationCases(device: DeviceOf): void {
  describe('automation', () => {
    test('netmiko connects, shows, configures, commits and leaves', async () => {
      const { host, port } = split(device().endpoints.ssh)
      const program = python('automation.py', [host, String(port), user.name, user.password])
      const { output, errors } = await program.end()
      expect(errors).toBe('')
      expect(JSON.parse(output)).toEqual({
        version: expect.stringMatching(/^Hostname: \S+\nModel: \S+\nJunos: \S+/m),
        configured: expect.stringContaining('set interfaces xe-0/0/3 description uplink'),
        checked: expect.stringContaining('configuration check succeeds'),
        committed: expect.stringContaining('commit complete'),
        in_configuration: false,
        shown: expect.stringContaining('set interfaces xe-0/0/3 description uplink'),
        wrong: expect.stringMatching(/syntax error|unknown command/),
      })
    })

    test("scrapli's prompt patterns and the commands that it opens with", async () => {
      const shell = await openShell(device().endpoints.ssh)
      const screen = async (line: string) => {
        shell.type(`${line}\r`)
        return (await shell.prompt()).replaceAll('\r', '')
      }
      const replies = []
      for (const line of scrapli.onOpen) {
        const shown = await screen(line)
        expect(shown).toMatch(scrapli.exec)
        replies.push(shown.split('\n').slice(1).join('\n'))
      }
      expect(replies.join('')).toMatch(
        /Screen width set to 511\n[\s\S]*Screen length set to 0\n[\s\S]*Disabling complete-on-space\n/,
      )
      for (const failure of scrapli.failures) expect(replies.join('')).not.toContain(failure)
      const configure = await screen('configure')
      expect(configure).toMatch(scrapli.configuration)
      expect(configure).not.toMatch(scrapli.exec)
      // A command longer than a terminal is wide comes back whole: the far end's line editor has nothing to wrap.
      const long = `set interfaces xe-0/0/3 description "${'long '.repeat(30)}"`
      const echoed = await screen(long)
      expect(echoed.startsWith(`${long}\n`)).toBe(true)
      expect(await screen('rollback 0')).toContain('load complete')
      expect(await screen('exit configuration-mode')).toMatch(scrapli.exec)
      expect(await screen('show nonsense')).toMatch(/syntax error|unknown command/)
      await shell.close()
    })

    test("ssh host 'command' prints the answer and nothing else", async () => {
      const { ssh: endpoint } = device().endpoints
      const version = await ssh(endpoint, 'show version')
      expect(version).toMatchObject({ errors: '', code: 0 })
      expect(version.output).toMatch(/^\n?Hostname: \S+\nModel: \S+\nJunos: \S+\n/)
      const piped = await ssh(endpoint, 'show configuration | display set | match "services ssh" | count')
      expect(piped.output).toMatch(/^Count: \d+ lines\n$/)
    })

    test('ssh with a command that is wrong', async () => {
      const { output, errors, code } = await ssh(device().endpoints.ssh, 'show nonsense')
      expect(output + errors).toMatch(/syntax error|unknown command/)
      expect(code).not.toBe(0)
    })

    test('a script is piped into ssh, without a PTY', async () => {
      const script =
        'show system uptime\nconfigure\nset interfaces xe-0/0/3 description piped\nshow | compare\nrollback 0\nexit\nexit\n'
      const { output, code } = await ssh(device().endpoints.ssh, undefined, script)
      expect(output).toContain('System booted: ')
      expect(output).toMatch(
        /\[edit interfaces\]\n\+ +xe-0\/0\/3 \{\n\+ +description piped;\n\+ +\}\n|\[edit interfaces xe-0\/0\/3\]\n\+ +description piped;\n/,
      )
      expect(output).toContain('load complete')
      for (const key of ['\r', '\u001b']) expect(output).not.toContain(key)
      expect(code).toBe(0)
    })

    test('wrong passwords and unknown users do not get in', async () => {
      const { ssh: endpoint } = device().endpoints
      for (const as of [{ password: 'wrong' }, { name: 'nobody' }, { name: 'root' }])
        expect(await ssh(endpoint, 'show version', '', as)).toMatchObject({ output: '', code: 255 })
    })

    test('the CLI at a terminal: completion, help, abbreviations, history', async () => {
      const shell = await openShell(device().endpoints.ssh)
      shell.type('show sys?')
      expect(await shell.until(/> show sys$/)).toMatch(/Possible completions:\r\n {2}system {15,}\S/)
      shell.type(' conn ')
      await shell.until(/connections $/)
      shell.type('| count\r')
      expect(await shell.prompt('operational')).toMatch(/Count: \d+ lines/)
      expect(await shell.command('sh ver | match ^Model')).toMatch(/^Model: \S+\n/)
      shell.type('\u001b[A')
      await shell.until(/show version \| match \^Model ?$|sh ver \| match \^Model$/)
      shell.type('\u0003')
      await shell.prompt('operational')
      expect(await shell.command('show interfaces nonsense-0/0/0 terse wrong')).toMatch(
        /\^\r?\n.*(?:syntax error|unknown command)/,
      )
      await shell.close()
    })

    test('a configuration that is wrong is refused with the place, and the device is as before', async () => {
      const shell = await openShell(device().endpoints.ssh)
      await shell.command('configure')
      expect(await shell.command('set interfaces xe-0/0/0 unit 0 family inet address 300.1.1.1/24')).toMatch(
        / \^\n.*(?:invalid|error|expecting)/,
      )
      expect(await shell.command('set system services extension-service notification port 70000')).toMatch(/ \^\n/)
      await shell.command('set interfaces xe-0/0/3 description half')
      expect(await shell.command('show | compare')).toContain('description half;')
      shell.type('exit\r')
      await shell.until(/\[yes,no\] \(yes\) $/)
      shell.type('yes\r')
      await shell.prompt('operational')
      await shell.command('configure')
      expect(await shell.command('show | compare')).toContain('description half;')
      await shell.command('rollback 0')
      expect(await shell.command('show | compare')).not.toContain('description half;')
      await shell.close()
    })
  })
}
