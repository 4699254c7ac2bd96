import { defineDaemon } from '@hangar/daemon'
import { readXml } from '@hangar/xml/read'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { TestDevice } from '../testing/device.ts'
import { NetconfClient } from '../testing/netconf-client.ts'

const trailer = ']]>]]>'
const load = (inner: string, attributes = '') =>
  `<load-configuration ${attributes}><configuration>${inner}</configuration></load-configuration>`
const hostName = (name: string) => load(`<system><host-name>${name}</host-name></system>`)
const compare = '<get-configuration compare="rollback" rollback="0" format="text"/>'
const unchanged =
  '<configuration-information>\n<configuration-output>\n</configuration-output>\n</configuration-information>\n'

describe('a NETCONF session', () => {
  let device: TestDevice
  let client: NetconfClient
  beforeAll(async () => {
    device = await TestDevice.start()
    client = await NetconfClient.connect(device.endpoints.netconf!)
  })
  beforeEach(async () => {
    expect(await client.errors('<discard-changes/>')).toEqual([])
  })
  afterAll(async () => {
    client[Symbol.dispose]()
    await device[Symbol.asyncDispose]()
  })
  const connect = (username = 'lab') => NetconfClient.connect({ ...device.endpoints.netconf!, username })

  test('begins on either port, and by a command, with the recorded greeting', async () => {
    for (const [endpoint, exec] of [
      [device.endpoints.ssh!],
      [device.endpoints.netconf!],
      [device.endpoints.ssh!, 'xml-mode netconf need-trailer'],
    ] as const) {
      using one = await NetconfClient.connect(endpoint, exec)
      one.send(
        `<hello><capabilities><capability>urn:ietf:params:netconf:base:1.1</capability></capabilities></hello>${trailer}`,
      )
      one.send(`<nc:rpc xmlns:nc="urn:x" message-id="urn:uuid:1" note="a&lt;b"><nc:close-session/></nc:rpc>${trailer}`)
      expect(await one.message()).toMatch(/ message-id="urn:uuid:1" note="a&lt;b">\n<ok\/>\n<\/rpc-reply>\n$/)
      expect(await one.message()).toBeUndefined()
    }
  })

  test('answers what is sent at once in order, wherever it is cut', async () => {
    using one = await connect()
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 30 }), async cuts => {
        const bytes = Buffer.from(
          [1, 2, 3].map(id => `<rpc message-id="${id}"><get-foo${id}/></rpc>\n${trailer}\n`).join(''),
        )
        let at = 0
        for (const cut of cuts) {
          one.send(bytes.subarray(at, at + cut))
          at += cut
        }
        one.send(bytes.subarray(at))
        for (const id of [1, 2, 3]) {
          const message = (await one.message())!
          expect(message).toContain(`message-id="${id}"`)
          expect(message).toContain(`<bad-element>get-foo${id}</bad-element>`)
          expect(message).toContain('syntax error, expecting &lt;command&gt;')
        }
      }),
      { numRuns: 20 },
    )
  })

  test('lives through everything that is no request', async () => {
    const piece = fc.constantFrom(
      '<',
      '>',
      '/',
      'rpc',
      '<rpc>',
      '</rpc>',
      '<lock/>',
      '&x;',
      '"',
      '<!DOCTYPE a>',
      '\0',
      '<get-config>',
      ' x="1"',
    )
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { minLength: 1, maxLength: 12 }), async pieces => {
        const text = pieces.join('')
        if (text.trim() === '') return
        client.send(text + trailer)
        expect(readXml((await client.message())!).name).toBe('rpc-reply')
        await client.text('<unlock/>')
      }),
      { numRuns: 200 },
    )
    expect(await client.errors('<get-system-uptime-information/>')).toEqual([])
  })

  test('shows the configuration in every format, and parts of it', async () => {
    expect(await client.text('<get-configuration database="committed" format="text"/>')).toMatch(
      /^<configuration-text [^>]*>\n## Last commit: .* by root\nversion .*;\nsystem {\n {4}host-name r1;/,
    )
    expect(await client.text('<get-configuration format="set"/>')).toContain('\nset system host-name r1\n')
    expect(JSON.parse(await client.text('<get-configuration format="json"/>')).configuration.system['host-name']).toBe(
      'r1',
    )
    const asked =
      '<configuration><system><login><user><name>viewer</name><class/></user></login><host-name/></system></configuration>'
    for (const [operation, depth] of [
      [`<get-config><source><running/></source><filter type="subtree">${asked}</filter></get-config>`, 1],
      [`<get><filter>${asked}</filter></get>`, 1],
      [`<get-configuration>${asked}</get-configuration>`, 0],
    ] as const) {
      let [configuration] = (await client.reply(operation)).children
      if (depth === 1) configuration = configuration!.children[0]
      const [system] = configuration!.children
      expect(system!.children.map(({ name }) => name)).toEqual(['host-name', 'login'])
      const [user] = system!.children[1]!.children
      expect(user!.children.map(({ name, text }) => `${name} ${text}`)).toEqual(['name viewer', 'class watcher'])
    }
    const names =
      '<get-configuration><configuration><system><login><user><name/></user></login></system></configuration></get-configuration>'
    expect((await client.text(names)).match(/<[a-z].*/g)!.slice(1)).toEqual([
      '<system>',
      '<login>',
      '<user>',
      '<name>lab</name>',
      '<user>',
      '<name>viewer</name>',
    ])
  })

  test.each([
    ['XML', load('<system><host-name>r2</host-name></system>')],
    [
      'text',
      '<load-configuration format="text"><configuration-text>system { host-name r2; }</configuration-text></load-configuration>',
    ],
    [
      'set commands',
      '<load-configuration action="set" format="text"><configuration-set>\n  edit system\n  set host-name r2\n</configuration-set></load-configuration>',
    ],
    [
      'JSON',
      '<load-configuration format="json"><configuration-json>{"configuration":{"system":{"host-name":"r2"}}}</configuration-json></load-configuration>',
    ],
    [
      'edit-config',
      '<edit-config><target><candidate/></target><config><configuration><system><host-name>r2</host-name></system></configuration></config></edit-config>',
    ],
    [
      'edit-config with text',
      '<edit-config><target><candidate/></target><config-text><configuration-text>system { host-name r2; }</configuration-text></config-text></edit-config>',
    ],
  ])('changes the candidate by %s', async (_, operation) => {
    expect(await client.errors(operation)).toEqual([])
    expect(await client.text(compare)).toContain('[edit system]\n-  host-name r1;\n+  host-name r2;\n')
    expect(await client.errors('<discard-changes/>')).toEqual([])
    expect(await client.text(compare)).toBe(unchanged)
  })

  test('changes nothing by what is wrong in a part of it', async () => {
    const wrong = load('<system><host-name>r2</host-name><foo/></system>')
    const [fault] = (await client.reply(wrong)).children
    const said = fault!.children.map(({ name, text, children }) => `${name} ${children[0]?.text ?? text?.trim()}`)
    expect(said).toContain('error-message syntax error')
    expect(said).toContain('error-path [edit system]')
    expect(said).toContain('error-info foo')
    expect(await client.text(compare)).toBe(unchanged)
    expect(await client.errors(load('<system><domain-name delete="delete"/></system>'))).toEqual([
      'warning: statement not found',
    ])
  })

  test('commits, with a check, a comment and a confirmation', async () => {
    expect(await client.errors(hostName('r2'))).toEqual([])
    expect(await client.errors('<validate><source><candidate/></source></validate>')).toEqual([])
    expect(await client.errors('<commit-configuration><check/></commit-configuration>')).toEqual([])
    expect(await client.errors('<commit-configuration><log>why &amp; when</log></commit-configuration>')).toEqual([])
    expect(await client.text(compare)).toBe(unchanged)
    expect((await device.cli('show system commit')).output).toMatch(/^0 .* by lab via netconf\n +why & when\n/)
    expect(await client.errors(hostName('r3'))).toEqual([])
    expect(await client.errors('<commit><confirmed/><confirm-timeout>60</confirm-timeout></commit>')).toEqual([])
    expect(await client.errors('<commit/>')).toEqual([])
    expect(await client.errors('<load-configuration rollback="3"/>')).toEqual([])
    expect(await client.text(compare)).toContain('-  host-name r3;\n+  host-name r1;\n')
    expect(await client.errors('<commit/>')).toEqual([])
  })

  test('holds the candidate, so that nobody else changes it', async () => {
    using other = await connect()
    expect(await client.errors('<lock><target><candidate/></target></lock>')).toEqual([])
    for (const operation of ['<lock-configuration/>', hostName('r9'), '<commit/>'])
      expect(await other.errors(operation)).toEqual([
        expect.stringMatching(/^lock-denied: configuration database locked by:\n\s*lab \(pid \d+\)/),
      ])
    expect(await client.errors(hostName('r2'))).toEqual([])
    expect(await client.errors('<unlock><target><candidate/></target></unlock>')).toEqual([])
    expect(await other.errors('<lock-configuration/>')).toEqual([])
    expect(await other.text(compare)).toBe(unchanged)
    expect(await other.errors('<unlock-configuration/>')).toEqual([])
    expect(await other.errors('<unlock/>')).toEqual(['operation-failed: configuration database not locked'])
  })

  test('has a candidate of its own where it wants one', async () => {
    using other = await connect()
    expect(await other.errors('<open-configuration><private/></open-configuration>')).toEqual([])
    expect(await other.errors(hostName('mine'))).toEqual([])
    expect(await client.text(compare)).toBe(unchanged)
    expect(await other.text(compare)).toContain('mine')
    expect(await other.errors('<close-configuration/>')).toEqual([])
    expect(await other.text(compare)).toBe(unchanged)
  })

  test('gives back what it held when it is gone, or killed', async () => {
    const held = await connect()
    await held.text('<lock-configuration/>')
    held[Symbol.dispose]()
    await expect.poll(() => client.errors('<lock-configuration/>')).toEqual([])
    const id = /pid (\d+)/.exec(await (await connect()).text('<lock-configuration/>'))![1]
    using killer = await connect()
    using viewer = await connect('viewer')
    const kill = `<kill-session><session-id>${id}</session-id></kill-session>`
    expect(await viewer.errors(kill)).toEqual(['access-denied: permission denied'])
    expect(await killer.errors(kill)).toEqual([])
    expect(await client.message()).toBeUndefined()
    expect(await killer.errors('<lock-configuration/>')).toEqual([])
    expect(await killer.errors(kill)).toEqual(['invalid-value: there is no such session'])
    await killer.text('<unlock-configuration/>')
    client = await connect()
  })

  test('lets nobody do what his class may not', async () => {
    using viewer = await connect('viewer')
    for (const operation of [
      hostName('x'),
      '<lock/>',
      '<commit/>',
      '<discard-changes/>',
      '<get-config><source><running/></source></get-config>',
    ])
      expect(await viewer.errors(operation)).toEqual(['access-denied: permission denied'])
    expect(await viewer.errors('<get-system-uptime-information/>')).toEqual([])
  })

  test('runs commands by their element and by their words, values on lines of their own', async () => {
    expect(await client.text('<get-software-information/>')).toContain('<host-name>\nr1\n</host-name>')
    expect(await client.text('<command format="text">show version | match Model</command>')).toBe(
      '<output>\nModel: vmx\n</output>\n',
    )
    const json = JSON.parse(await client.text('<get-software-information format="json"/>'))
    expect(json['software-information'][0]['product-model']).toEqual([{ data: 'vmx' }])
    expect(await client.errors('<command>show version invoke-on all-routing-engines</command>')).toHaveLength(1)
    expect(await client.errors('<get-software-information><nothing/></get-software-information>')).toHaveLength(1)
  })

  test.each([
    '<get-config/>',
    '<get-config><source><startup/></source></get-config>',
    '<get-config><source><running/></source><filter type="xpath" select="/"/></get-config>',
    '<get-configuration format="yaml"/>',
    '<get-configuration database="other"/>',
    '<get-configuration compare="rollback" rollback="50"/>',
    '<get-configuration compare="rollback" rollback="x"/>',
    '<edit-config><target><running/></target><config><configuration/></config></edit-config>',
    '<edit-config><target><candidate/></target></edit-config>',
    '<edit-config><target><candidate/></target><default-operation>x</default-operation><config/></edit-config>',
    '<load-configuration/>',
    '<load-configuration action="x"><configuration/></load-configuration>',
    '<load-configuration rescue="rescue"/>',
    '<load-configuration url="/etc/passwd"/>',
    '<load-configuration rollback="77"/>',
    '<load-configuration format="json"><configuration-json>{</configuration-json></load-configuration>',
    '<commit><confirmed/><confirm-timeout>0</confirm-timeout></commit>',
    '<commit-configuration><confirmed/><confirm-timeout>x</confirm-timeout></commit-configuration>',
    '<commit-configuration><at-time>never</at-time></commit-configuration>',
    '<open-configuration><dynamic/></open-configuration>',
    '<close-configuration/>',
    '<copy-config><target><running/></target><source><candidate/></source></copy-config>',
    '<delete-config><target><startup/></target></delete-config>',
    '<kill-session/>',
    '<command/>',
    '<constructor/>',
    '',
    '<lock/><unlock/>',
  ])('refuses %s', async operation => {
    expect(await client.errors(operation)).toHaveLength(1)
    expect(await client.text(compare)).toBe(unchanged)
  })

  test('tells the system log who did what', () => {
    const messages = device.syslog.map(({ message }) => message)
    expect(messages).toContain("User 'lab' used NETCONF client to run command 'get-configuration'")
    expect(messages).toContain("User 'lab' is performing a 'load merge'")
    expect(
      messages.some(text =>
        /^User 'lab' login, class 'super-user' \[\d+\], ssh-connection '127.0.0.1', client-mode 'netconf'$/.test(text),
      ),
    ).toBe(true)
  })
})

test('a commit that a daemon refuses names the statement and changes nothing', async () => {
  const refusing = defineDaemon<undefined>({
    name: 'refuser',
    title: 'Refuser',
    signals: [],
    start(host) {
      host.configure({
        subtrees: [['system', 'host-name']],
        check: () => [{ path: ['system'], element: 'host-name', message: 'not this one' }],
        apply: () => [],
      })
    },
  })
  await using device = await TestDevice.start({ daemons: [refusing] })
  using client = await NetconfClient.connect(device.endpoints.netconf!)
  await client.text(hostName('r2'))
  const errors = await client.errors('<commit/>')
  expect(errors.at(-1)).toBe('operation-failed: configuration check-out failed')
  expect(errors[0]).toBe('operation-failed: not this one')
  expect(await client.text(compare)).toContain('+  host-name r2;')
})
