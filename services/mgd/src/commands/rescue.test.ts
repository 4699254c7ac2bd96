import { expect, test } from 'vitest'
import { TestDevice } from '../testing/device.ts'
import { NetconfClient } from '../testing/netconf-client.ts'

test('the rescue configuration is saved, survives, is shown, gone back to and deleted', async () => {
  await using device = await TestDevice.start()
  const shown = async (line: string, on = device) => (await on.cli(line)).output
  const none = 'error: no rescue configuration is set\n'
  expect(await shown('show system configuration rescue')).toBe(none)
  expect(await shown('configure\nrollback rescue')).toContain(none)
  expect(await shown('request system configuration rescue save')).toBe('')
  await shown('configure\nset system host-name r2\ncommit')
  await device.stop()

  await using again = await TestDevice.start({ directory: device.directory })
  expect(await shown('show version | match Hostname', again)).toBe('Hostname: r2\n')
  expect(await shown('show system configuration rescue', again)).toContain('    host-name r1;\n')
  expect(await shown('configure\nrollback rescue\nshow | compare\nrollback 0', again)).toContain(
    'load complete\n[edit system]\n-  host-name r2;\n+  host-name r1;\n',
  )
  using client = await NetconfClient.connect(again.endpoints.netconf!)
  expect(await client.errors('<load-configuration rescue="rescue"/>')).toEqual([])
  expect(await client.errors('<commit/>')).toEqual([])
  expect(await shown('show version | match Hostname', again)).toBe('Hostname: r1\n')
  expect(await shown('request system configuration rescue delete', again)).toBe('')
  expect(await shown('request system configuration rescue delete', again)).toBe(none)
  expect(await client.errors('<load-configuration rescue="rescue"/>')).toHaveLength(1)
})
