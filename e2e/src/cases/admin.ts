import { describe, expect, test } from 'vitest'
import { Program } from '../clients/program.ts'
import { Terminal } from '../clients/terminal.ts'
import type { DeviceOf } from '../device.ts'

export function adminCases(device: DeviceOf): void {
  const cli = (...commands: string[]) => {
    const [command, ...args] = device().cli
    return new Program(command, [...args, ...commands.flatMap(line => ['-c', line])]).end()
  }

  describe('hangar cli', () => {
    test('-c runs a command and prints its answer', async () => {
      const { output, errors, code } = await cli('show version')
      expect({ errors, code }).toEqual({ errors: '', code: 0 })
      expect(output).toMatch(/^\n?Hostname: \S+\nModel: \S+\nJunos: \S+\n/)
    })

    test('-c several times is one session', async () => {
      const commands = [
        'configure',
        'set interfaces xe-0/0/3 description "by hand"',
        'commit and-quit',
        'show configuration interfaces',
      ]
      const { output, code } = await cli(...commands)
      expect(output).toContain('commit complete')
      expect(output).toMatch(/xe-0\/0\/3 \{\n {4}description "by hand";\n\}/)
      expect(code).toBe(0)
    })

    test.each([
      [['show nonsense']],
      [['show nonsense', 'show version']],
      [['configure', 'set interfaces xe-0/0/3 nonsense', 'rollback 0', 'exit']],
    ])('%j ends with an exit code that is not 0', async commands => {
      const { output, errors, code } = await cli(...commands)
      expect(code).not.toBe(0)
      expect(output + errors).toMatch(/syntax error|unknown command/)
    })

    test('at a terminal', async () => {
      const [command, ...args] = device().cli.map(word => (word === '-i' ? '-it' : word))
      const terminal = new Terminal(['script', '-qefc', [command, ...args].join(' '), '/dev/null'])
      await terminal.prompt('operational')
      expect(await terminal.command('show version | match Junos:')).toMatch(/^Junos: \S+\n/)
      expect(await terminal.command('configure')).toContain('Entering configuration mode\n')
      await terminal.command('exit')
      terminal.type('exit\r')
      expect(await terminal.end()).toBe(0)
    })
  })
}
