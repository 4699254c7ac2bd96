import { describe, expect, test } from 'vitest'
import { commit } from '../clients/configuration.ts'
import { JetApplication, letThrough } from '../clients/jet.ts'
import { mosquittoSub } from '../clients/mqtt.ts'
import { Program } from '../clients/program.ts'
import { openShell } from '../clients/ssh.ts'
import { pythonStubs } from '../clients/stubs.ts'
import type { DeviceOf } from '../device.ts'
import { user } from '../device.ts'
import { root } from '../root.ts'

const statements = [
  'system services extension-service notification port 1883 allow-clients address 0.0.0.0/0',
  'system services extension-service request-response grpc clear-text port 32767',
]
const listeners = 'show system connections | match LISTEN | match "\\.1883|\\.32767"'

/** What the lesson's two programs do to begin with: connect. */
async function reach(endpoints: { grpc: string; mqtt: string }) {
  await using app = new JetApplication(endpoints.grpc)
  const subscriber = mosquittoSub(endpoints.mqtt, '-t', '#', '-W', '2', '-E')
  return { grpc: (await app.session('lesson')).code === 'OK', mqtt: (await subscriber.end()).code === 0 }
}

export function lessonCases(device: DeviceOf): void {
  describe('the lesson', () => {
    test('its two statements open the two listeners, and without them nobody listens', async () => {
      const { endpoints } = device()
      // A device that starts from nothing, as the lesson's does.
      await commit(endpoints.ssh, 'delete system services extension-service')
      const shell = await openShell(endpoints.ssh)
      expect(await shell.command(listeners)).toBe('\n')
      expect(await reach(endpoints)).toEqual({ grpc: false, mqtt: false })

      expect(await shell.command('configure')).toBe('Entering configuration mode\n\n')
      for (const line of statements) expect(await shell.command(`set ${line}`)).toBe('\n')
      expect(await shell.command('commit and-quit')).toBe('commit complete\nExiting configuration mode\n\n')
      const rows = (await shell.command(listeners)).trimEnd().split('\n')
      expect(rows.map(row => row.replace(/^tcp(?:4 |6 |46)/, 'tcp* '))).toEqual([
        listening('*.1883'),
        listening('*.32767'),
      ])
      expect(await reach(endpoints)).toEqual({ grpc: true, mqtt: true })

      await shell.command('configure')
      await shell.command('delete system services extension-service notification')
      await shell.command('delete system services extension-service request-response')
      expect(await shell.command('commit and-quit')).toBe('commit complete\nExiting configuration mode\n\n')
      expect(await shell.command(listeners)).toBe('\n')
      expect(await reach(endpoints)).toEqual({ grpc: false, mqtt: false })
      await shell.close()
    })

    test('a commit without a listener closes the connections that it had', async () => {
      const { endpoints } = device()
      await using app = new JetApplication(endpoints.grpc)
      await app.session('stays')
      expect(await app.probe('stays')).toEqual(letThrough)
      await commit(endpoints.ssh, 'delete system services extension-service request-response')
      expect((await app.probe('stays')).code).toBe('UNAVAILABLE')
    })

    test('its program logs in', async () => {
      const program = (password: string) => {
        const args = [`${root}/e2e/clients/lesson_login.py`, device().endpoints.grpc, user.name, password]
        return new Program('/usr/bin/python3', args, { PYTHONPATH: pythonStubs() }).end()
      }
      expect(await program(user.password)).toMatchObject({ output: 'True\n', code: 0 })
      expect(await program('wrong')).toMatchObject({ output: 'False\n', code: 0 })
    })
  })
}

/** A row of `show system connections` in the recorded columns: 0, 12 and 19 (where the queues end), 21, 67, 113. */
function listening(address: string): string {
  return `${'tcp*'.padEnd(11)}0      0  ${address.padEnd(46)}${'*.*'.padEnd(46)}LISTEN`
}
