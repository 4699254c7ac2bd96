import { ManualClock } from '@hangar/runtime'
import { expect, test } from 'vitest'
import { TestDevice } from '../testing/device.ts'

test('the chassis, and the device in four lines, as a router in a virtual machine has them', async () => {
  const clock = new ManualClock()
  await using device = await TestDevice.start({ clock })
  const shown = async (line: string) => (await device.cli(line)).output
  expect(await shown('show system information')).toBe('Model: vmx\nFamily: junos\nJunos: 23.4R1.10\nHostname: r1\n')
  expect(await shown('show chassis hardware')).toBe(`Hardware inventory:
Item             Version  Part number  Serial number     Description
Chassis                                VM0000000000      VMX
`)
  for (const what of ['chassis', 'system'])
    expect(await shown(`show ${what} alarms`)).toBe('No alarms currently active\n')
  expect(await shown('show chassis routing-engine')).toMatch(
    /^Routing Engine status:\n {2}Slot 0:\n {4}Current state {18}Master\n[\s\S]* {4}Uptime {25}0 seconds\n/,
  )
  await clock.advance(2 * 86_400_000 + 3_660_000)
  expect(await shown('show chassis routing-engine | match Uptime')).toContain('2 days, 1 hour, 1 minute, 0 seconds\n')
  expect(await shown('show chassis alarms | display xml')).toContain(
    '    <alarm-information>\n        <alarm-summary>\n            <no-active-alarms/>\n',
  )
  expect(JSON.parse(await shown('show system information | display json'))).toMatchObject({
    'system-information': [{ 'hardware-model': [{ data: 'vmx' }], 'os-name': [{ data: 'junos' }] }],
  })
})
