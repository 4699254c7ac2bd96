import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { commit } from '../clients/configuration.ts'
import { readiness } from '../clients/control.ts'
import { drip, garbage, throwAt } from '../clients/garbage.ts'
import { JetApplication, letThrough } from '../clients/jet.ts'
import { publish, Subscriber } from '../clients/mqtt.ts'
import { openShell } from '../clients/ssh.ts'
import type { DeviceOf } from '../device.ts'
import { type Endpoints, split } from '../device.ts'

/** What garbage may add to the device's memory, in MB: buffers of what is under way, not of what is over. */
const allowance = 150

export function garbageCases(device: DeviceOf): void {
  describe('garbage on every port', () => {
    const doors: readonly (keyof Endpoints)[] = ['grpc', 'mqtt', 'ssh', 'netconf', 'control']

    test.each(doors)('%s: those who behave go on', async door => {
      const { endpoints, pid } = device()
      const before = pid === undefined ? undefined : residentMegabytes(pid)
      await using app = new JetApplication(endpoints.grpc)
      await app.session('behaves')
      await using subscriber = await Subscriber.to(endpoints.mqtt, '/junos/events/kernel/interfaces/#')
      const shell = await openShell(endpoints.ssh)
      const slow = await drip(endpoints[door], garbage(door))
      onTestFinished(() => slow.stop())

      const still = async () => {
        expect(await app.probe('behaves')).toEqual(letThrough)
        expect(await shell.command('show version | match Model')).toMatch(/^Model: /)
      }
      for (const bytes of garbage(door)) {
        await throwAt(endpoints[door], bytes)
        await still()
      }
      for (let round = 0; round < 20; round++) {
        await Promise.all(garbage(door).map(bytes => throwAt(endpoints[door], bytes)))
        await still()
      }
      await commit(endpoints.ssh, 'set interfaces xe-0/0/0 unit 0 family inet address 192.168.10.1/24')
      expect(await subscriber.until('/junos/events/kernel/interfaces/mark')).toHaveLength(4)
      expect(await app.session('newcomer')).toEqual({ code: 'OK', result: true })
      await shell.close()
      if (pid !== undefined) expect(residentMegabytes(pid)).toBeLessThan(before! + allowance)
    })

    test.each(['grpc', 'mqtt', 'control'] as const)('a hundred connections to %s that say nothing', async door => {
      const { endpoints } = device()
      const { host, port } = split(endpoints[door])
      const silent = Array.from({ length: 100 }, () => connect(port, host).on('error', () => {}))
      onTestFinished(() => {
        for (const socket of silent) socket.destroy()
      })
      await Promise.all(silent.map(socket => once(socket, 'connect')))
      await using app = new JetApplication(endpoints.grpc)
      expect(await app.session('newcomer')).toEqual({ code: 'OK', result: true })
      await publish(endpoints.mqtt, 'a', 'b')
      expect(await readiness(endpoints.control)).toMatchObject({ ready: true })
    })

    test('every printable character on the command line', async () => {
      const shell = await openShell(device().endpoints.ssh)
      const printable = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index))
      for (const mode of ['operational', 'configuration']) {
        if (mode === 'configuration') await shell.command('configure')
        for (const character of printable) {
          // ^U takes back what a character that is a key of its own, as `?`, has left on the line.
          shell.type(`${character}x${character}\u0015\r`)
          await shell.prompt()
          if (character !== '?') await shell.command(`${character}x${character}`)
        }
      }
      expect(await shell.command('run show version | match Model')).toMatch(/Model: /)
      await shell.close()
    })
  })
}

function residentMegabytes(pid: number): number {
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))!
  return Number(kilobytes) / 1024
}
