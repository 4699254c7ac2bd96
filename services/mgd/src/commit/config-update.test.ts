import { ConfigUpdateSchema } from '@hangar/protocol/hangar/mgd/v1/mgd_pb'
import { ConfigLoadType, ManagementRpcApi } from '@hangar/protocol/management_service_pb'
import { expect, test } from 'vitest'
import { TestDevice } from '../testing/device.ts'
import { jetClient } from '../testing/jet-client.ts'

async function listening() {
  const device = await TestDevice.start()
  const patches: string[] = []
  const ear = device.bus('eventd')
  await ear.subscribe('mgd', 'config-update', ConfigUpdateSchema, ({ commitPatch }) => void patches.push(commitPatch))
  const commit = (...lines: string[]) => device.cli(['configure', ...lines, 'commit'].join('\n'))
  return { device, patches, commit, [Symbol.asyncDispose]: () => device[Symbol.asyncDispose]() }
}

test('a commit that changes something says what, where notification is configured; the one that configures it too', async () => {
  await using one = await listening()
  const { device, patches, commit } = one
  await commit('set interfaces xe-0/0/0 mtu 9000')
  expect(patches).toEqual([])
  await commit('set system commit notification configuration-diff-format xml')
  expect(patches.splice(0)).toEqual([expect.stringContaining('<commit nc:operation="create">')])
  await commit('set interfaces xe-0/0/0 mtu 1500')
  expect(patches.splice(0)).toEqual([expect.stringContaining('<mtu nc:operation="replace">1500</mtu>')])
  await commit()
  expect(patches).toEqual([])
  await commit('set system commit notification configuration-diff-format json', 'delete interfaces')
  expect(JSON.parse(patches.pop()!).configuration.interfaces).toEqual({ '@': { operation: 'delete' } })
  const config = { case: 'textConfig', value: 'set groups g system time-zone UTC\nset apply-groups g' } as const
  await jetClient(device, ManagementRpcApi).executeCfgCommand({ config, loadType: ConfigLoadType.CONFIG_LOAD_SET })
  expect(JSON.parse(patches.pop()!).configuration['@apply-groups']).toEqual([{ operation: 'create' }])
  await commit('delete system commit', 'set interfaces xe-0/0/0 mtu 1500')
  expect(patches).toEqual([])
})
