import {
  GetDataCommands as Command,
  OpenConfigDataEncodingTypes as Encoding,
  OpenconfigRpcApi,
  OpenConfigRpcResponseTypes as Status,
  SetConfigCommands as Verb,
} from '@hangar/protocol/openconfig_service_pb'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { TestDevice } from '../testing/device.ts'
import { jetClient } from '../testing/jet-client.ts'
import { reader } from '../testing/reader.ts'

const host = (name: string) => ({ path: '/system/host-name', value: `{"host-name":"${name}"}` })
const json = { encoding: Encoding.ENCODING_JSON }

test('encodings and models', async () => {
  await using device = await TestDevice.start()
  const api = jetClient(device, OpenconfigRpcApi)
  expect(await api.getDataEncodings({ requestId: 1n })).toMatchObject({
    requestId: 1n,
    encoding: [Encoding.ENCODING_XML, Encoding.ENCODING_JSON],
    responseCode: Status.OK,
  })
  expect((await api.getModels({ requestId: 2n })).model).toContainEqual(
    expect.objectContaining({
      name: 'junos-conf-interfaces',
      namespace: 'http://yang.juniper.net/junos/conf/interfaces',
    }),
  )
  expect(await api.setDataEncoding({ requestId: 3n, encoding: 5 as Encoding })).toMatchObject({
    requestId: 3n,
    responseCode: Status.UNSUPPORTED_ENCODING,
  })
  const getRequest = [{ path: '/system/host-name' }]
  expect((await api.get({ getRequest })).response[0]!.value).toMatch(/^<configuration>/)
  await api.setDataEncoding(json)
  expect(JSON.parse((await api.get({ getRequest })).response[0]!.value)).toEqual({
    configuration: { system: { 'host-name': 'r1' } },
  })
})

test('get: configuration by its path, no state', async () => {
  await using device = await TestDevice.start()
  const { get } = jetClient(device, OpenconfigRpcApi)
  const commands = [Command.GET_ALL, Command.GET_CONFIG, Command.GET_OPSTATE, Command.GET_OPER]
  const getRequest = commands.map((operation, i) => ({ operationId: `${i}`, operation, path: '/system/services' }))
  const { requestId, response } = await get({ requestId: 9n, getRequest: [...getRequest, { path: '/x' }] })
  expect(requestId).toBe(9n)
  expect(response.map(({ operationId, responseCode }) => [operationId, responseCode])).toEqual([
    ['0', Status.OK],
    ['1', Status.OK],
    ['2', Status.UNSUPPORTED_PATH],
    ['3', Status.UNSUPPORTED_PATH],
    ['', Status.INVALID_PATH],
  ])
  expect(response[0]!.value).toContain('<ssh/>')
  const watcher = jetClient(device, OpenconfigRpcApi, { user: 'viewer', loginClass: 'watcher' })
  expect((await watcher.get({ getRequest })).response[0]!.responseCode).toBe(Status.NOK)
})

test('set: each operation in its order, then one commit', async () => {
  await using device = await TestDevice.start()
  const { set } = jetClient(device, OpenconfigRpcApi)
  const show = async () => (await device.cli('show configuration | display set | match "host-name|mtu"')).output
  const configOperation = [
    { operationId: 'a', ...host('r2') },
    { operationId: 'b', path: '/interfaces', value: '{"interfaces":{"interface":[{"name":"xe-0/0/0","mtu":9000}]}}' },
  ]
  expect(await set({ requestId: 4n, ...json, configOperation })).toMatchObject({
    requestId: 4n,
    response: [
      { operationId: 'a', responseCode: Status.OK },
      { operationId: 'b', responseCode: Status.OK },
    ],
  })
  expect(await show()).toBe('set system host-name r2\nset interfaces xe-0/0/0 mtu 9000\n')
  await set({
    configOperation: [
      { operation: Verb.DELETE_CONFIG, path: '/system/host-name' },
      {
        operation: Verb.REPLACE_CONFIG,
        path: '/interfaces',
        value: '<interfaces><interface><name>xe-0/0/1</name><mtu>1500</mtu></interface></interfaces>',
      },
    ],
  })
  expect(await show()).toBe('set interfaces xe-0/0/1 mtu 1500\n')
  expect((await device.cli('show system commit')).output.split('\n')).toHaveLength(4)
})

test('a transaction is done or not; without one what is right is done', async () => {
  const daemon = reader('picky', [['system', 'host-name']])
  await using device = await TestDevice.start({ daemons: [daemon.definition] })
  const { set } = jetClient(device, OpenconfigRpcApi)
  const codes = async (transaction: boolean, ...configOperation: object[]) =>
    (await set({ transaction, ...json, configOperation })).response.map(({ responseCode }) => responseCode)
  const name = async () => (await device.cli('show configuration system host-name')).output
  const bad = { path: '/nonsense', value: '{}' }
  expect(await codes(true, host('r2'), bad)).toEqual([Status.NOK, Status.INVALID_PATH])
  expect(await name()).toBe('host-name r1;\n')
  expect(await codes(false, host('r2'), bad)).toEqual([Status.OK, Status.INVALID_PATH])
  expect(await name()).toBe('host-name r2;\n')
  expect(await codes(false, bad, { operation: 9 as Verb, ...host('r9') })).toEqual([Status.INVALID_PATH, Status.NOK])
  expect(await codes(false, { path: '/system', value: '{"system":{"x":1}}' })).toEqual([Status.INVALID_CONFIGURATION])
  daemon.onCheck = () => [{ path: ['system'], element: 'host-name', message: 'not today' }]
  expect(await codes(false, host('r3'))).toEqual([Status.INVALID_CONFIGURATION])
  expect((await set({ encoding: 4 as Encoding, configOperation: [host('r3')] })).response[0]!.responseCode).toBe(
    Status.UNSUPPORTED_ENCODING,
  )
  expect(await name()).toBe('host-name r2;\n')
})

test('any request ends in an answer for each of its entries', async () => {
  await using device = await TestDevice.start()
  const { get, set } = jetClient(device, OpenconfigRpcApi)
  const text = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('/', '/system', '<x', '{"x"'),
    fc.constant('/'.repeat(65_536)),
  )
  const small = fc.integer({ min: 0, max: 4 })
  const operation = fc.record({ operationId: text, operation: small, path: text, value: text })
  await fc.assert(
    fc.asyncProperty(
      fc.array(operation, { maxLength: 3 }),
      small,
      fc.boolean(),
      async (operations, encoding, transaction) => {
        const ids = operations.map(({ operationId }) => operationId)
        const got = await get({ encoding, getRequest: operations })
        expect(got.response.map(({ operationId }) => operationId)).toEqual(ids)
        const given = operations.map(one => ({ ...one, operation: Verb.UPDATE_CONFIG, value: `${one.value}<&` }))
        const answer = await set({ encoding, transaction, configOperation: given })
        expect(answer.response.map(({ operationId }) => operationId)).toEqual(ids)
      },
    ),
    { numRuns: 100 },
  )
  expect((await device.cli('show configuration system host-name')).output).toBe('host-name r1;\n')
})
