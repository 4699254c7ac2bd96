import { StatusCode } from '@hangar/protocol/jnx_common_base_types_pb'
import { Management, ConfigLoadType as ModernLoad } from '@hangar/protocol/jnx_management_service_pb'
import {
  ConfigCommitType,
  ConfigLoadType as Load,
  ManagementRpcApi,
  JunosRpcResponseTypes as Status,
} from '@hangar/protocol/management_service_pb'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { TestDevice, testConfiguration } from '../testing/device.ts'
import { jetClient } from '../testing/jet-client.ts'
import { reader } from '../testing/reader.ts'

const text = (value: string) => ({ case: 'textConfig', value }) as const
const xml = (value: string) => ({ case: 'xmlConfig', value }) as const
const json = (value: string) => ({ case: 'jsonConfig', value }) as const

const show = async (device: TestDevice, path: string) =>
  (await device.cli(`show configuration ${path} | display set`)).output

describe('every load type, from text', () => {
  const mtu = 'interfaces { xe-0/0/0 { mtu 9000; } }'
  const cases: [Load, ModernLoad, string, string][] = [
    [Load.CONFIG_LOAD_MERGE, ModernLoad.CONFIG_LOAD_MERGE, mtu, 'disable|mtu'],
    [Load.CONFIG_LOAD_REPLACE, ModernLoad.CONFIG_LOAD_REPLACE, mtu.replace('xe', 'replace: xe'), 'mtu'],
    [Load.CONFIG_LOAD_OVERRIDE, ModernLoad.CONFIG_LOAD_OVERRIDE, testConfiguration + mtu, 'mtu'],
    [Load.CONFIG_LOAD_UPDATE, ModernLoad.CONFIG_LOAD_UPDATE, testConfiguration + mtu, 'mtu'],
    [
      Load.CONFIG_LOAD_SET,
      ModernLoad.CONFIG_LOAD_SET,
      '<configuration-set>\n    edit interfaces xe-0/0/0\n    set mtu 9000\n</configuration-set>',
      'disable|mtu',
    ],
  ]
  test.each(cases)('%s', async (classic, modern, config, expected) => {
    await using device = await TestDevice.start()
    const one = jetClient(device, ManagementRpcApi)
    const other = jetClient(device, Management)
    for (const commit of [
      async () => {
        const answer = await one.executeCfgCommand({ requestId: 4n, config: text(config), loadType: classic })
        expect(answer).toMatchObject({ requestId: 4n, status: Status.SUCCESS, message: '' })
      },
      async () => {
        const answer = await other.configSet({ config: text(config), loadType: modern })
        expect(answer.status).toMatchObject({ code: StatusCode.SUCCESS, message: '' })
      },
    ]) {
      await device.cli('configure\ndelete interfaces\nset interfaces xe-0/0/0 disable\ncommit')
      await commit()
      const lines = (await show(device, 'interfaces')).trim().split('\n')
      expect(lines.map(line => line.split(' ')[3]).join('|')).toBe(expected)
      expect(await show(device, 'system host-name')).toBe('set system host-name r1\n')
    }
  })
})

test('XML and JSON, both commit types, a comment; the history and the log know of it', async () => {
  await using device = await TestDevice.start()
  const { executeCfgCommand } = jetClient(device, ManagementRpcApi)
  for (const [name, config, commitType] of [
    [
      'a',
      xml('<configuration><system><host-name>a</host-name></system></configuration>'),
      ConfigCommitType.CONFIG_COMMIT,
    ],
    ['b', json('{"configuration":{"system":{"host-name":"b"}}}'), ConfigCommitType.CONFIG_COMMIT_SYNCHRONIZE],
  ] as const) {
    const commit = { commitType, comment: `named ${name}` }
    const answer = await executeCfgCommand({ config, loadType: Load.CONFIG_LOAD_MERGE, commit })
    expect(answer.status).toBe(Status.SUCCESS)
    expect(await show(device, 'system host-name')).toBe(`set system host-name ${name}\n`)
  }
  expect((await device.cli('show system commit')).output).toMatch(/by lab via other\n {4}named b\n/)
  expect(device.tags()).toEqual(expect.arrayContaining(['UI_LOAD_EVENT', 'UI_COMMIT', 'UI_COMMIT_COMPLETED']))
})

test('what is wrong changes nothing and says what', async () => {
  const daemon = reader('picky')
  daemon.onCheck = next =>
    next.at('interfaces').list().length > 0 ? [{ path: ['interfaces', 'xe-0/0/0'], message: 'not today' }] : []
  await using device = await TestDevice.start({ daemons: [daemon.definition] })
  const classic = jetClient(device, ManagementRpcApi)
  const modern = jetClient(device, Management)
  const before = await show(device, '')
  const merge = { loadType: Load.CONFIG_LOAD_MERGE }
  const set = { loadType: Load.CONFIG_LOAD_SET }
  const name = 'system { host-name x; }'
  for (const [request, status, message] of [
    [{ ...merge }, Status.NOK, /^no configuration given$/],
    [{ ...merge, config: text(' ') }, Status.NOK, /^no configuration given$/],
    [{ loadType: 9 as Load, config: text(name) }, Status.NOK, /^there is no load type 9$/],
    [{ ...set, config: xml('<configuration/>') }, Status.UNSUPPORTED_ENCODING, /set commands are given as text/],
    [{ ...set, config: json('{}') }, Status.UNSUPPORTED_ENCODING, /set commands are given as text/],
    [{ ...merge, config: text('system { host-nam x; }') }, Status.INVALID_CONFIGURATION, /syntax error: host-nam/],
    [{ ...merge, config: xml('<configuration>') }, Status.INVALID_CONFIGURATION, /^syntax error: /],
    [{ ...merge, config: json('{') }, Status.INVALID_CONFIGURATION, /not JSON/],
    [
      { ...set, config: text('set interfaces xe-0/0/0 mtu 9000') },
      Status.INVALID_CONFIGURATION,
      /not today\nerror: configuration check-out failed/,
    ],
    [{ ...set, config: text('set system login user x') }, Status.INVALID_CONFIGURATION, /mandatory|class/],
    [{ ...merge, config: text(name), commit: { comment: 'x'.repeat(600) } }, Status.NOK, /comment is longer than 512/],
  ] as const) {
    const answer = await classic.executeCfgCommand({ requestId: 3n, ...request })
    expect(answer).toMatchObject({ requestId: 3n, status, message: expect.stringMatching(message) })
  }
  const answer = await modern.configSet({ config: text('nonsense;') })
  expect(answer.status).toMatchObject({ code: StatusCode.FAILURE, message: expect.stringContaining('syntax error') })
  expect(await show(device, '')).toBe(before)
  expect((await device.cli('show system commit')).output.split('\n')).toHaveLength(2)
})

test('neither who holds the configuration nor what others have begun is touched', async () => {
  await using device = await TestDevice.start()
  const { executeCfgCommand } = jetClient(device, ManagementRpcApi)
  const request = { config: text('system { host-name x; }'), loadType: Load.CONFIG_LOAD_MERGE }
  using console = await device.console()
  const shell = await console.shell()
  await shell.see('> ')
  await shell.type('configure exclusive\r', '# ')
  expect(await executeCfgCommand(request)).toMatchObject({
    status: Status.NOK,
    message: expect.stringContaining('configuration database locked by:'),
  })
  await shell.type('exit\r', '> ')
  expect((await executeCfgCommand(request)).status).toBe(Status.SUCCESS)
})

test('it takes the permission to configure', async () => {
  await using device = await TestDevice.start()
  const { executeCfgCommand } = jetClient(device, ManagementRpcApi, { user: 'viewer', loginClass: 'watcher' })
  const config = text('system { host-name x; }')
  expect(await executeCfgCommand({ config })).toMatchObject({ status: Status.NOK, message: 'permission denied' })
})

test('any request ends in an answer, and what is refused changes nothing', async () => {
  await using device = await TestDevice.start()
  const { executeCfgCommand } = jetClient(device, ManagementRpcApi)
  const before = await show(device, '')
  const value = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constant('x'.repeat(65_536)),
    fc.constant('<configuration>'),
  )
  const kind = fc.constantFrom('textConfig' as const, 'xmlConfig' as const, 'jsonConfig' as const)
  await fc.assert(
    fc.asyncProperty(value, kind, fc.integer({ min: 0, max: 6 }), async (given, of, loadType) => {
      const config = { case: of, value: `${given}<&` }
      const { requestId, status } = await executeCfgCommand({ requestId: 8n, config, loadType })
      expect(requestId).toBe(8n)
      expect(status).not.toBe(Status.SUCCESS)
    }),
    { numRuns: 200 },
  )
  expect(await show(device, '')).toBe(before)
})
