import { Code } from '@connectrpc/connect'
import { Mgd } from '@hangar/protocol/hangar/mgd/v1/mgd_pb'
import { expect, test } from 'vitest'
import { password, TestDevice } from '../testing/device.ts'

test('other daemons ask who somebody is, and what is committed', async () => {
  await using device = await TestDevice.start()
  const mgd = device.bus('jsd').client('mgd', Mgd)
  expect(await mgd.authenticate({ user: 'lab', password })).toMatchObject({
    authenticated: true,
    loginClass: 'super-user',
  })
  expect(await mgd.authenticate({ user: 'lab', password: 'x' })).toMatchObject({ authenticated: false, loginClass: '' })
  expect(await mgd.authenticate({ user: 'x', password })).toMatchObject({ authenticated: false })
  await device.cli(
    'configure\nset system login user late class read-only authentication encrypted-password "*"\ncommit',
  )
  expect(await mgd.authenticate({ user: 'late', password: '*' })).toMatchObject({ authenticated: false })
  expect(await mgd.getConfiguration({ path: 'system host-name', setFormat: true })).toMatchObject({
    configuration: 'set system host-name r1\n',
    revision: 2n,
  })
  expect((await mgd.getConfiguration({ path: 'system services' })).configuration).toBe('netconf {\n    ssh;\n}\nssh;\n')
  await expect(mgd.getConfiguration({ path: 'no such' })).rejects.toMatchObject({ code: Code.InvalidArgument })
})
