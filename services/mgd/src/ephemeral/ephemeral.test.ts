import { emptyRoot, loadSet } from '@hangar/junos-config'
import { StatusCode } from '@hangar/protocol/jnx_common_base_types_pb'
import { ConfigGetOutputFormat, Management } from '@hangar/protocol/jnx_management_service_pb'
import {
  ConfigCommands,
  JunosDataEncodingTypes as Encoding,
  ManagementRpcApi,
  JunosRpcResponseTypes as Status,
} from '@hangar/protocol/management_service_pb'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { TestDevice } from '../testing/device.ts'
import { jetClient } from '../testing/jet-client.ts'
import { reader } from '../testing/reader.ts'
import { refuseUnsupported } from './unsupported.ts'

const json = (configuration: object) => ({ case: 'jsonConfig', value: JSON.stringify({ configuration }) }) as const
const xml = (inner: string) => ({ case: 'xmlConfig', value: `<configuration>${inner}</configuration>` }) as const
const mtu = (value: number, name = 'xe-0/0/0') => json({ interfaces: { interface: [{ name, mtu: value }] } })
const update = (value: ReturnType<typeof json | typeof xml>, path = '/') => ({ operationId: 'op', path, value })

async function ephemeralDevice(...instances: string[]) {
  const daemon = reader('dcd')
  const device = await TestDevice.start({ daemons: [daemon.definition] })
  const lines = instances.map(name => `set system configuration-database ephemeral instance ${name}`)
  if (lines.length > 0) await device.cli(['configure', ...lines, 'commit'].join('\n'))
  const client = jetClient(device, ManagementRpcApi)
  return {
    device,
    daemon,
    ...client,
    edit: async (value: ReturnType<typeof json | typeof xml>, ephInstanceName = '') =>
      (await client.editEphemeralConfig({ ephInstanceName, ephConfigOperations: [update(value)] })).response[0]!,
    [Symbol.asyncDispose]: () => device[Symbol.asyncDispose](),
  }
}

test('the default instance: daemons act on it, no commit knows it', async () => {
  await using one = await ephemeralDevice()
  const { device, daemon } = one
  const commits = (await device.cli('show system commit')).output
  const answer = await one.editEphemeralConfig({ requestId: 6n, ephConfigOperations: [update(mtu(9000))] })
  expect(answer).toMatchObject({
    requestId: 6n,
    response: [{ operationId: 'op', status: Status.SUCCESS, message: '' }],
  })
  expect(daemon.current).toEqual(['set interfaces xe-0/0/0 mtu 9000'])
  expect((await device.cli('show configuration interfaces')).output).toBe('')
  expect((await device.cli('show system commit')).output).toBe(commits)
  expect((await device.cli('show ephemeral-configuration')).output).toMatch(
    /^## Last changed: \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC\nversion [^\n]+\ninterfaces \{\n {4}xe-0\/0\/0 \{\n {8}mtu 9000;\n/,
  )
  expect((await device.cli('show ephemeral-configuration merge | display set | match "host-name|mtu"')).output).toBe(
    'set system host-name r1\nset interfaces xe-0/0/0 mtu 9000\n',
  )
  expect(device.tags()).toContain('UI_COMMIT')
  // A commit beside it leaves it standing.
  await device.cli('configure\nset interfaces xe-0/0/1 disable\ncommit')
  expect(daemon.current).toEqual(['set interfaces xe-0/0/0 mtu 9000', 'set interfaces xe-0/0/1 disable'])
})

test('a restart forgets it', async () => {
  await using one = await ephemeralDevice()
  await one.edit(mtu(9000))
  const { directory } = one.device
  await one.device.stop()
  const daemon = reader('dcd')
  await using again = await TestDevice.start({ directory, daemons: [daemon.definition] })
  expect((await again.cli('show ephemeral-configuration | display set | match mtu')).output).toBe('')
  expect(daemon.current).toEqual([])
})

test('groups, and what says which instances there are, are refused wherever they stand', () => {
  const refused = (line: string) => () => refuseUnsupported(loadSet(emptyRoot, line).root)
  expect(refused('set groups g system host-name x')).toThrow('[edit groups]')
  expect(refused('set system apply-groups g')).toThrow('[edit system apply-groups]')
  expect(refused('set system configuration-database ephemeral instance e')).toThrow('configuration-database')
  expect(refused('set interfaces xe-0/0/0 unit 0 family inet')).not.toThrow()
})

test('a named instance has to be configured, and goes with its statement', async () => {
  await using one = await ephemeralDevice('eph1')
  const { device, daemon, edit } = one
  expect(await edit(mtu(9000), 'eph2')).toMatchObject({
    status: Status.NOK,
    message: "error: ephemeral instance 'eph2' is not configured",
  })
  expect((await edit(mtu(9000), 'eph1')).status).toBe(Status.SUCCESS)
  expect((await device.cli('show ephemeral-configuration instance eph1 | display set | match mtu')).output).toBe(
    'set interfaces xe-0/0/0 mtu 9000\n',
  )
  expect((await device.cli('show ephemeral-configuration instance eph2')).output).toBe(
    "error: ephemeral instance 'eph2' is not configured\n",
  )
  await device.cli('configure\ndelete system configuration-database\ncommit')
  expect(daemon.current).toEqual([])
  await device.cli('configure\nset system configuration-database ephemeral instance eph1\ncommit')
  expect(daemon.current).toEqual([])
})

test('the first named wins over the others, the named over the default one, all of them over what is committed', async () => {
  await using one = await ephemeralDevice('first', 'second')
  const { device, daemon, edit } = one
  const current = () =>
    daemon.current
      .find(line => line.includes('mtu'))
      ?.split(' ')
      .at(-1)
  await device.cli('configure\nset interfaces xe-0/0/0 mtu 1000\ncommit')
  expect(current()).toBe('1000')
  for (const [value, instance] of [
    [1001, ''],
    [1002, 'second'],
    [1003, 'first'],
  ] as const) {
    await edit(mtu(value), instance)
    expect(current()).toBe(String(value))
  }
  await edit(mtu(1004), '')
  await edit(mtu(1005), 'second')
  await device.cli('configure\nset interfaces xe-0/0/0 mtu 1006\ncommit')
  expect(current()).toBe('1003')
  await device.cli('configure\ndelete system configuration-database ephemeral instance first\ncommit')
  expect(current()).toBe('1005')
  await device.cli('configure\ndelete system configuration-database ephemeral instance second\ncommit')
  expect(current()).toBe('1004')
  await device.cli('configure\nset system configuration-database ephemeral ignore-ephemeral-default\ncommit')
  expect(current()).toBe('1006')
  await device.cli('configure\ndelete system configuration-database ephemeral ignore-ephemeral-default\ncommit')
  expect(current()).toBe('1004')
  await device.cli('configure\nset system configuration-database ephemeral delete-ephemeral-default\ncommit')
  await device.cli('configure\ndelete system configuration-database\ncommit')
  expect(current()).toBe('1006')
})

describe('operations', () => {
  test('update merges, replace replaces and delete takes away, at their place, in their order', async () => {
    await using one = await ephemeralDevice()
    const { daemon } = one
    const unit = "/interfaces/interface[name='xe-0/0/0']/unit[name='0']"
    const operations = (...ephConfigOperations: object[]) => one.editEphemeralConfig({ ephConfigOperations })
    await operations(
      update(mtu(9000)),
      {
        path: unit,
        value: { case: 'xmlConfig', value: '<unit><name>0</name><family><inet><mtu>1400</mtu></inet></family></unit>' },
      },
      { path: unit, value: { case: 'jsonConfig', value: '{"unit":[{"name":"0","description":"x"}]}' } },
    )
    expect(daemon.current).toEqual([
      'set interfaces xe-0/0/0 mtu 9000',
      'set interfaces xe-0/0/0 unit 0 description x',
      'set interfaces xe-0/0/0 unit 0 family inet mtu 1400',
    ])
    await operations({
      path: unit,
      operation: ConfigCommands.REPLACE_CONFIG,
      value: { case: 'xmlConfig', value: '<unit><name>0</name><disable/></unit>' },
    })
    expect(daemon.current).toEqual(['set interfaces xe-0/0/0 mtu 9000', 'set interfaces xe-0/0/0 unit 0 disable'])
    await operations({ path: unit, operation: ConfigCommands.DELETE_CONFIG })
    expect(daemon.current).toEqual(['set interfaces xe-0/0/0 mtu 9000'])
    const again = await operations({ path: unit, operation: ConfigCommands.DELETE_CONFIG })
    expect(again.response[0]).toMatchObject({ status: Status.SUCCESS, message: 'warning: statement not found' })
    await operations({ path: '/', operation: ConfigCommands.REPLACE_CONFIG, value: mtu(1500, 'xe-0/0/1') })
    expect(daemon.current).toEqual(['set interfaces xe-0/0/1 mtu 1500'])
    await operations({ path: '/', operation: ConfigCommands.DELETE_CONFIG })
    expect(daemon.current).toEqual([])
  })

  test('one that is wrong says why, and nothing of the request is done', async () => {
    await using one = await ephemeralDevice()
    const { daemon } = one
    await one.edit(mtu(1500))
    for (const [operation, status, message] of [
      [{ path: '/nonsense', value: mtu(1) }, Status.INVALID_PATH, /^invalid path/],
      [{ path: '', value: mtu(1) }, Status.INVALID_PATH, /^path is empty/],
      [{ path: '/' }, Status.INVALID_CONFIGURATION, /^no configuration given/],
      [update(json({ system: { 'host-nam': 'x' } })), Status.INVALID_CONFIGURATION, /syntax error: host-nam/],
      [
        { path: '/', value: { case: 'xmlConfig', value: '<configuration>' } },
        Status.INVALID_CONFIGURATION,
        /Unclosed root tag/,
      ],
      [
        { path: '/interfaces', value: { case: 'xmlConfig', value: '<system/>' } },
        Status.INVALID_CONFIGURATION,
        /not interfaces/,
      ],
      [
        { path: '/interfaces', value: { case: 'jsonConfig', value: '{"system":{}}' } },
        Status.INVALID_CONFIGURATION,
        /not interfaces/,
      ],
      [update(xml('<apply-groups>g</apply-groups>')), Status.UNSUPPORTED_PATH, /apply-groups/],
      [
        update(xml('<system><configuration-database><ephemeral/></configuration-database></system>')),
        Status.UNSUPPORTED_PATH,
        /configuration-database/,
      ],
      [{ ...update(mtu(1)), operation: 7 as ConfigCommands }, Status.NOK, /^there is no operation 7/],
    ] as const) {
      const { response } = await one.editEphemeralConfig({
        requestId: 2n,
        ephConfigOperations: [update(mtu(9000)), operation, update(mtu(9001))],
      })
      expect(response[1]).toMatchObject({ status, message: expect.stringMatching(message) })
      for (const other of [response[0], response[2]])
        expect(other).toMatchObject({ status: Status.NOK, message: 'nothing was done' })
      expect(daemon.current).toEqual(['set interfaces xe-0/0/0 mtu 1500'])
    }
  })

  test('a daemon that refuses, or the model where validation was asked for: nothing changes', async () => {
    await using one = await ephemeralDevice()
    const { daemon } = one
    await one.edit(mtu(1500))
    daemon.onCheck = () => [{ path: ['interfaces', 'xe-0/0/0'], message: 'not today' }]
    expect(await one.edit(mtu(9000))).toMatchObject({
      status: Status.INVALID_CONFIGURATION,
      message: '[edit interfaces xe-0/0/0]\n  not today\nerror: configuration check-out failed',
    })
    daemon.onCheck = () => []
    const nobody = xml('<system><login><user><name>x</name></user></login></system>')
    const validated = await one.editEphemeralConfig({
      enableConfigValidation: true,
      ephConfigOperations: [update(nobody)],
    })
    expect(validated.response[0]!.status).toBe(Status.INVALID_CONFIGURATION)
    expect(daemon.current).toEqual(['set interfaces xe-0/0/0 mtu 1500'])
    expect((await one.device.cli('show ephemeral-configuration | display set | match login')).output).toBe('')
  })

  test('what is loaded only waits for the next commit of its instance', async () => {
    await using one = await ephemeralDevice()
    const { daemon } = one
    await one.editEphemeralConfig({ loadOnly: true, ephConfigOperations: [update(mtu(9000))] })
    expect(daemon.current).toEqual([])
    expect((await one.device.cli('show ephemeral-configuration | display set | match mtu')).output).toBe('')
    await one.edit(mtu(1500, 'xe-0/0/1'))
    expect(daemon.current).toEqual(['set interfaces xe-0/0/0 mtu 9000', 'set interfaces xe-0/0/1 mtu 1500'])
    await one.editEphemeralConfig({ loadOnly: true, ephConfigOperations: [update(mtu(2000))] })
    await one.editEphemeralConfig({})
    expect(daemon.current[0]).toBe('set interfaces xe-0/0/0 mtu 2000')
  })
})

test('reading: pairs of id and path, both encodings, one instance or all of it', async () => {
  await using one = await ephemeralDevice('eph1')
  await one.edit(mtu(9000), 'eph1')
  const paths = ['/', "/interfaces/interface[name='xe-0/0/0']/mtu", '/system/host-name', '/nonsense']
  const ephConfigRequests = paths.map((path, i) => ({ operationId: `id${i}`, path }))
  const inXml = await one.getEphemeralConfig({ requestId: 5n, ephConfigRequests, ephInstanceName: 'eph1' })
  expect(inXml.requestId).toBe(5n)
  expect(inXml.response.map(({ operationId, path, status }) => [operationId, path, status])).toEqual([
    ['id0', '/', Status.SUCCESS],
    ['id1', paths[1], Status.SUCCESS],
    ['id2', '/system/host-name', Status.SUCCESS],
    ['id3', '/nonsense', Status.INVALID_PATH],
  ])
  expect(inXml.response[1]!.value).toBe(
    '<configuration>\n    <interfaces>\n        <interface>\n            <name>xe-0/0/0</name>\n            <mtu>9000</mtu>\n        </interface>\n    </interfaces>\n</configuration>\n',
  )
  expect(inXml.response[2]!.value).toBe('<configuration/>\n')
  const merged = await one.getEphemeralConfig({
    encoding: Encoding.ENCODING_JSON,
    ephConfigRequests,
    ephInstanceName: 'eph1',
    mergeView: true,
  })
  expect(JSON.parse(merged.response[2]!.value)).toEqual({ configuration: { system: { 'host-name': 'r1' } } })
  const unknown = await one.getEphemeralConfig({ ephConfigRequests: [{ path: '/' }], ephInstanceName: 'eph9' })
  expect(unknown.response[0]).toMatchObject({ status: Status.NOK, message: expect.stringContaining('eph9') })
  const encoding = await one.getEphemeralConfig({ encoding: 7 as Encoding, ephConfigRequests: [{ path: '/' }] })
  expect(encoding.response[0]!.status).toBe(Status.UNSUPPORTED_ENCODING)
})

test('the modern generation: update at the top, nothing else', async () => {
  await using one = await ephemeralDevice('eph1')
  const modern = jetClient(one.device, Management)
  const done = { code: StatusCode.SUCCESS, message: '' }
  const set = await modern.ephemeralConfigSet({
    configOperations: [{ id: 'a', path: '/', value: mtu(9000) }],
    instanceName: 'eph1',
    validateConfig: true,
  })
  expect(set).toMatchObject({ status: done, operationResponses: [{ id: 'a', status: done }] })
  expect(one.daemon.current).toEqual(['set interfaces xe-0/0/0 mtu 9000'])
  const got = await modern.ephemeralConfigGet({
    encoding: ConfigGetOutputFormat.CONFIG_GET_OUTPUT_JSON,
    configRequests: [
      { id: 'b', path: '/interfaces' },
      { id: 'c', path: '/nonsense' },
    ],
    instanceName: 'eph1',
  })
  expect(got.status!.code).toBe(StatusCode.FAILURE)
  expect(got.configResponses[0]).toMatchObject({ status: done, id: 'b', path: '/interfaces' })
  expect(JSON.parse(got.configResponses[0]!.value).configuration.interfaces.interface[0].mtu).toBe('9000')
  expect(got.configResponses[1]).toMatchObject({ id: 'c', status: { code: StatusCode.FAILURE } })
  for (const operation of [
    { path: '/interfaces', value: mtu(1) },
    { path: '', value: mtu(1) },
    { path: '/', operation: 3, value: mtu(1) },
    { path: '/' },
    { path: '/', value: { case: 'xmlConfig', value: '<unit/>' } as const },
  ]) {
    const answer = await modern.ephemeralConfigSet({ configOperations: [operation], instanceName: 'eph1' })
    expect(answer.status!.code).toBe(StatusCode.FAILURE)
    expect(answer.operationResponses[0]!.status!.code).toBe(StatusCode.FAILURE)
  }
  const unknown = await modern.ephemeralConfigSet({ instanceName: 'eph9' })
  expect(unknown.status!.message).toContain('eph9')
  expect(one.daemon.current).toEqual(['set interfaces xe-0/0/0 mtu 9000'])
})

test('permissions of the class apply, secrets included', async () => {
  await using one = await ephemeralDevice()
  const watcher = jetClient(one.device, ManagementRpcApi, { user: 'viewer', loginClass: 'watcher' })
  expect((await watcher.editEphemeralConfig({ ephConfigOperations: [update(mtu(1500))] })).response[0]!.status).toBe(
    Status.NOK,
  )
  expect((await watcher.getEphemeralConfig({ ephConfigRequests: [{ path: '/' }] })).response[0]!.status).toBe(
    Status.NOK,
  )
  expect(one.daemon.current).toEqual([])
})

test('any request ends in an answer for each of its entries', async () => {
  await using one = await ephemeralDevice('eph1')
  const text = fc.oneof(
    fc.constantFrom('/', '', '/interfaces', 'eph1', '<configuration/>', '{}', '<configuration><x/></configuration>'),
    fc.string({ unit: 'grapheme' }),
    fc.constant('/'.repeat(65_536)),
  )
  const operation = fc.record({
    operationId: text,
    operation: fc.integer({ min: 0, max: 3 }),
    path: text,
    value: fc.oneof(
      fc.constant({ case: undefined }),
      fc.record({ case: fc.constantFrom('xmlConfig' as const, 'jsonConfig' as const), value: text }),
    ),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(operation, { maxLength: 4 }), text, fc.boolean(), async (operations, name, loadOnly) => {
      const request = { ephConfigOperations: operations, ephInstanceName: name, loadOnly }
      expect((await one.editEphemeralConfig(request)).response.map(({ operationId }) => operationId)).toEqual(
        operations.map(({ operationId }) => operationId),
      )
      const read = {
        ephConfigRequests: operations.map(({ operationId, path }) => ({ operationId, path })),
        ephInstanceName: name,
      }
      expect((await one.getEphemeralConfig(read)).response).toHaveLength(operations.length)
    }),
    { numRuns: 100 },
  )
  expect(one.daemon.current).toEqual([])
})
