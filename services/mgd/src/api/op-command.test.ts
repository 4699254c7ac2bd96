import { defineDaemon } from '@hangar/daemon'
import { CommandError } from '@hangar/junos-cli'
import { StatusCode } from '@hangar/protocol/jnx_common_base_types_pb'
import { Management, OpCommandOutputFormat } from '@hangar/protocol/jnx_management_service_pb'
import {
  OperationFormatType as Format,
  ManagementRpcApi,
  JunosRpcResponseTypes as Status,
} from '@hangar/protocol/management_service_pb'
import { element } from '@hangar/xml'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { TestDevice } from '../testing/device.ts'
import { jetClient } from '../testing/jet-client.ts'

const cli = (value: string) => ({ case: 'cliCommand', value }) as const
const xml = (value: string) => ({ case: 'xmlCommand', value }) as const
const json = (value: string) => ({ case: 'jsonCommand', value }) as const

/** A daemon with a command whose output is as large as wanted, one that fails half-way, and one that has text alone. */
const talker = defineDaemon<undefined>({
  name: 'talker',
  title: 'talker',
  start(host) {
    const words = (name: string) => [
      { name: 'show', help: 'Show' },
      { name, help: name },
    ]
    const size = { name: 'size', kind: 'value', help: 'Characters', required: true } as const
    host.command({
      words: words('talk'),
      options: [size, { name: 'loud', kind: 'flag', help: 'Loud' }],
      rpc: 'get-talk',
      run: ({ options }) =>
        element('talk', `${options.has('loud') ? 'HÖ' : 'hö'}😀`.repeat(Number(options.get('size')) / 4)),
      text: data => `${data.text}\n`,
    })
    host.command({
      words: words('stumble'),
      run: () => element('x'),
      text: () => '',
      async *stream() {
        yield 'a <line>\n'
        throw new CommandError('it stumbled')
      },
    })
    host.command({ words: words('plain'), run: () => element('x'), text: () => 'one & <two>\n' })
  },
})

test('the three formats: bare JSON by default, bare XML, and text in an element', async () => {
  await using device = await TestDevice.start()
  const { executeOpCommand } = jetClient(device, ManagementRpcApi)
  const run = (outFormat?: Format) =>
    executeOpCommand({ requestId: 7n, command: cli('show version'), ...(outFormat !== undefined && { outFormat }) })
  const [asJson] = await run()
  expect(asJson).toMatchObject({ requestId: 7n, status: Status.SUCCESS, message: '' })
  expect(JSON.parse(asJson!.data)['software-information'][0]['host-name']).toEqual([{ data: 'r1' }])
  const [asXml] = await run(Format.OPERATION_FORMAT_XML)
  expect(asXml!.data).toMatch(/^<software-information>\n {4}<host-name>r1<\/host-name>\n/)
  const [asText] = await run(Format.OPERATION_FORMAT_CLI)
  expect(asText!.data).toMatch(/^<output>\nHostname: r1\n[\s\S]*\n<\/output>\n$/)
})

test('the same as an RPC in XML or JSON, by words inside of it, and in the modern generation', async () => {
  await using device = await TestDevice.start({ daemons: [talker] })
  const classic = jetClient(device, ManagementRpcApi)
  const modern = jetClient(device, Management)
  const version = (await classic.executeOpCommand({ command: cli('show version') }))[0]!.data
  for (const command of [
    xml('<get-software-information/>'),
    xml('<rpc><get-software-information><brief/></get-software-information></rpc>'),
    xml('<command>show version</command>'),
    json('{"get-software-information": null}'),
    json('{"get-software-information": {"brief": [null]}}'),
  ])
    expect((await classic.executeOpCommand({ command })).map(({ data }) => data)).toEqual([version])
  const talk = xml('<get-talk><size>4</size><loud/></get-talk>')
  expect((await classic.executeOpCommand({ command: talk, outFormat: Format.OPERATION_FORMAT_XML }))[0]!.data).toBe(
    '<talk>HÖ😀</talk>\n',
  )
  const [answer] = await modern.opCommandGet({
    command: talk,
    outFormat: OpCommandOutputFormat.OP_COMMAND_OUTPUT_CLI,
  })
  expect(answer).toMatchObject({
    status: { code: StatusCode.SUCCESS, message: '' },
    data: '<output>\nHÖ😀\n</output>\n',
  })
  expect((await modern.opCommandGet({ command: cli('show version') })).map(({ data }) => data)).toEqual([version])
})

test('the configuration, in every format and through pipes', async () => {
  await using device = await TestDevice.start()
  const { executeOpCommand } = jetClient(device, ManagementRpcApi)
  const show = async (line: string, outFormat: Format) =>
    (await executeOpCommand({ command: cli(line), outFormat })).map(({ data }) => data).join('')
  const services = 'show configuration system services'
  expect(JSON.parse(await show(services, Format.OPERATION_FORMAT_JSON)).configuration.system.services.ssh).toEqual([
    null,
  ])
  expect(await show(services, Format.OPERATION_FORMAT_XML)).toMatch(/^<configuration>\n {4}<system>\n/)
  expect(await show(services, Format.OPERATION_FORMAT_CLI)).toBe('<output>\nnetconf {\n    ssh;\n}\nssh;\n</output>\n')
  expect(await show(`${services} | display set | match netconf`, Format.OPERATION_FORMAT_XML)).toBe(
    '<output>\nset system services netconf ssh\n</output>\n',
  )
  expect(await show('show version | count', Format.OPERATION_FORMAT_CLI)).toMatch(/Count: \d+ lines/)
})

test('text alone is an element in XML, a document in JSON, and escaped where it has to be', async () => {
  await using device = await TestDevice.start({ daemons: [talker] })
  const { executeOpCommand } = jetClient(device, ManagementRpcApi)
  const run = async (outFormat: Format) => (await executeOpCommand({ command: cli('show plain'), outFormat }))[0]!.data
  expect(await run(Format.OPERATION_FORMAT_CLI)).toBe('<output>\none &amp; &lt;two&gt;\n</output>\n')
  expect(await run(Format.OPERATION_FORMAT_XML)).toBe('<output>\none &amp; &lt;two&gt;\n</output>\n')
  expect(JSON.parse(await run(Format.OPERATION_FORMAT_JSON))).toEqual({ output: [{ data: 'one & <two>\n' }] })
})

test('a large output comes in several messages, each with the id and the status, none cut within a character', async () => {
  await using device = await TestDevice.start({ daemons: [talker] })
  const { executeOpCommand } = jetClient(device, ManagementRpcApi)
  const command = cli('show talk size 1000000')
  const messages = await executeOpCommand({ requestId: 9n, command, outFormat: Format.OPERATION_FORMAT_CLI })
  expect(messages.length).toBeGreaterThan(10)
  for (const { requestId, status, data } of messages) {
    expect({ requestId, status }).toEqual({ requestId: 9n, status: Status.SUCCESS })
    expect(data.length).toBeLessThanOrEqual(65_536)
  }
  expect(messages.map(({ data }) => data).join('')).toBe(`<output>\n${'hö😀'.repeat(250_000)}\n</output>\n`)
})

test('what fails is NOK in the last message, with the words of the CLI', async () => {
  await using device = await TestDevice.start({ daemons: [talker] })
  const { executeOpCommand } = jetClient(device, ManagementRpcApi)
  const failed = async (command: ReturnType<typeof cli | typeof xml | typeof json>) => {
    const last = (await executeOpCommand({ requestId: 1n, command, outFormat: Format.OPERATION_FORMAT_CLI })).at(-1)!
    expect(last).toMatchObject({ requestId: 1n, status: Status.NOK })
    return last.message
  }
  expect(await failed(cli('show nothing'))).toBe('syntax error, expecting <command>.')
  expect(await failed(cli('nothing'))).toBe('unknown command.')
  expect(await failed(cli(''))).toBe('no command given')
  expect(await failed(cli('show stumble'))).toBe('it stumbled')
  expect(await failed(cli('configure'))).toBe('unknown command.')
  expect(await failed(cli('show configuration interfases'))).toBe('syntax error.')
  expect(await failed(cli('show version | frobnicate'))).toBe('syntax error, expecting <command>.')
  expect(await failed(xml('<get-nothing/>'))).toBe('syntax error: get-nothing')
  expect(await failed(xml('<get-talk/>'))).toBe('missing argument.')
  expect(await failed(xml('<get-talk><size/></get-talk>'))).toBe('missing argument.')
  expect(await failed(xml('<get-talk><volume>11</volume></get-talk>'))).toBe('syntax error: volume')
  expect(await failed(xml('<get-talk>'))).toMatch(/^syntax error: Unclosed root tag/)
  expect(await failed(xml('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'))).toBe(
    'syntax error: a document type is not allowed',
  )
  expect(await failed(json('{'))).toBe('syntax error: the command is not JSON')
  expect(await failed(json('[1]'))).toBe('syntax error: a command is one JSON object with one member')
  const [none] = await executeOpCommand({ requestId: 2n })
  expect(none).toMatchObject({ requestId: 2n, status: Status.NOK, message: 'no command given' })
  const [unknown] = await executeOpCommand({ requestId: 3n, command: cli('show version'), outFormat: 9 as Format })
  expect(unknown).toMatchObject({ requestId: 3n, status: Status.UNSUPPORTED_ENCODING })
})

test('a user may do what the class of the login may', async () => {
  await using device = await TestDevice.start()
  const { executeOpCommand } = jetClient(device, ManagementRpcApi, { user: 'viewer', loginClass: 'watcher' })
  const status = async (command: ReturnType<typeof cli | typeof xml>) =>
    (await executeOpCommand({ command }))[0]!.status
  expect(await status(cli('show version'))).toBe(Status.SUCCESS)
  expect(await status(cli('show configuration'))).toBe(Status.NOK)
  expect(await status(xml('<get-configuration/>'))).toBe(Status.NOK)
  const nobody = jetClient(device, ManagementRpcApi, { user: '', loginClass: '' })
  expect((await nobody.executeOpCommand({ command: cli('show version') }))[0]!.status).toBe(Status.NOK)
})

test('any command ends in an answer', async () => {
  await using device = await TestDevice.start({ daemons: [talker] })
  const { executeOpCommand } = jetClient(device, ManagementRpcApi)
  const word = fc.constantFrom(
    'show',
    'version',
    'talk',
    'size',
    '8',
    '|',
    'match',
    '"',
    '[',
    '<a>',
    '</a>',
    '{',
    '}',
    'x',
  )
  const text = fc.oneof(
    fc.array(word, { maxLength: 8 }).map(words => words.join(' ')),
    fc.string({ unit: 'grapheme' }),
    fc.constant('x'.repeat(65_536)),
    fc.constant('<a>'.repeat(20_000)),
  )
  const kind = fc.constantFrom('cliCommand' as const, 'xmlCommand' as const, 'jsonCommand' as const)
  await fc.assert(
    fc.asyncProperty(text, kind, fc.integer({ min: 0, max: 4 }), async (value, of, outFormat) => {
      const messages = await executeOpCommand({ requestId: 5n, command: { case: of, value }, outFormat })
      expect(messages.length).toBeGreaterThan(0)
      for (const { requestId } of messages) expect(requestId).toBe(5n)
    }),
    { numRuns: 200 },
  )
})
