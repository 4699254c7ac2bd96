import { asWords, emptyRoot, loadText } from '@hangar/junos-config'
import { expect, test } from 'vitest'
import { headOf } from './head.ts'
import { TreeView } from './view.ts'

const { root } = loadText(
  emptyRoot,
  `system { host-name r1; services { ssh; } }
   interfaces {
     xe-0/0/0 { unit 0 { family inet { address 192.0.2.1/24 { primary; } } } }
     inactive: xe-0/0/1 { disable; description "a & b"; }
   }`,
)
const record = { revision: 3, time: Date.UTC(2026, 0, 2, 3, 4, 5), user: 'lab', via: 'cli' }
const view = new TreeView({
  tree: () => root,
  head: () => headOf(record),
  rollbacks: { rollback: async () => emptyRoot },
  maySeeSecrets: () => true,
})
const at = (...words: string[]) => ({ path: [], words: asWords(words) })

test('the whole has a head, a part has none', async () => {
  expect(await view.show(at(), 'text', 'none')).toMatch(
    /^## Last commit: 2026-01-02 03:04:05 UTC by lab\nversion 23\.4R1\.10;\nsystem \{\n {4}host-name r1;/,
  )
  expect(await view.show(at(), 'set', 'none')).toMatch(/^set version 23\.4R1\.10\nset system host-name r1\n/)
  expect(await view.show(at('system', 'host-name'), 'text', 'none')).toBe('host-name r1;\n')
  expect(await view.show(at('system', 'domain-name'), 'text', 'none')).toBe('')
  expect(await view.show(at('sys', 'host'), 'set', 'none')).toBe('set system host-name r1\n')
  expect(await view.show(at('interfaces'), 'set', 'remarks')).not.toContain('xe-0/0/1')
})

test('XML', async () => {
  expect(await view.show(at('interfaces'), 'xml', 'none')).toBe(`<configuration>
    <interfaces>
        <interface>
            <name>xe-0/0/0</name>
            <unit>
                <name>0</name>
                <family>
                    <inet>
                        <address>
                            <name>192.0.2.1/24</name>
                            <primary/>
                        </address>
                    </inet>
                </family>
            </unit>
        </interface>
        <interface inactive="inactive">
            <name>xe-0/0/1</name>
            <description>a &amp; b</description>
            <disable/>
        </interface>
    </interfaces>
</configuration>
`)
  expect(await view.show(at(), 'xml', 'none')).toContain(
    '<configuration xmlns:junos="http://xml.juniper.net/junos/23.4R1/junos" junos:commit-seconds="1767323045" ' +
      'junos:commit-localtime="2026-01-02 03:04:05 UTC" junos:commit-user="lab">',
  )
  expect(await view.show(at('security'), 'xml', 'none')).toBe('<configuration/>\n')
})

test('JSON', async () => {
  expect(JSON.parse(await view.show(at('interfaces'), 'json', 'none'))).toEqual({
    configuration: {
      interfaces: {
        interface: [
          {
            name: 'xe-0/0/0',
            unit: [{ name: '0', family: { inet: { address: [{ name: '192.0.2.1/24', primary: [null] }] } } }],
          },
          { '@': { inactive: true }, name: 'xe-0/0/1', description: 'a & b', disable: [null] },
        ],
      },
    },
  })
  expect(JSON.parse(await view.show(at('system', 'services'), 'json', 'none'))).toEqual({
    configuration: { system: { services: { ssh: [null] } } },
  })
  expect(JSON.parse(await view.show(at('interfaces', 'xe-0/0/0', 'unit', '0'), 'json', 'none'))).toEqual({
    configuration: {
      interfaces: {
        interface: [
          {
            name: 'xe-0/0/0',
            unit: [{ name: '0', family: { inet: { address: [{ name: '192.0.2.1/24', primary: [null] }] } } }],
          },
        ],
      },
    },
  })
})

test('the comparison with a rollback, whole and in part', async () => {
  expect(await view.compare(at('system', 'services'), 0)).toMatch(/^\[edit system services\]\n\+ +ssh;\n$/)
  expect(await view.compare(at(), 0)).toContain('[edit]\n+  system {')
})

test('secrets are for those who may see them, in every format', async () => {
  const { root } = loadText(
    emptyRoot,
    'groups { g { system { login { user a { authentication { ssh-rsa "ssh-rsa AAAA you"; } } } } } } apply-groups g;' +
      'system { login { user a { class super-user; authentication { encrypted-password "$6$salt$hash"; ssh-ed25519 "ssh-ed25519 AAAA me"; } } } }',
  )
  const shy = new TreeView({
    tree: () => root,
    head: () => headOf(record),
    rollbacks: { rollback: async () => emptyRoot },
    maySeeSecrets: () => false,
  })
  const place = at('system', 'login', 'user', 'a', 'authentication')
  expect(await shy.show(place, 'text', 'none')).toBe(
    'encrypted-password /* SECRET-DATA */; ## SECRET-DATA\nssh-ed25519 /* SECRET-DATA */; ## SECRET-DATA\n',
  )
  for (const format of ['text', 'set', 'xml', 'json'] as const)
    expect(await shy.show(at(), format, 'none')).not.toMatch(/hash|AAAA/)
  const inherited = await shy.show(place, 'text', 'remarks')
  expect(inherited).toContain("## '/* SECRET-DATA */' was inherited from group 'g'\n")
  expect(inherited).not.toMatch(/hash|AAAA/)
  expect(await shy.show(place, 'text', 'plain')).not.toContain('inherited')
  expect(await shy.compare(at(), 0)).not.toMatch(/hash|AAAA/)
})

test('entries of several keys, words with and without an argument', async () => {
  const then = 'then { community add c; next-hop self; }'
  const from = 'from { route-filter 10.0.0.0/8 exact; route-filter 10.0.0.0/8 upto /24 accept; }'
  const policies = new TreeView({
    tree: () => loadText(emptyRoot, `policy-options { policy-statement p { ${from} ${then} } }`).root,
    head: () => headOf(record),
    rollbacks: { rollback: async () => emptyRoot },
    maySeeSecrets: () => true,
  })
  const policy = at('policy-options', 'policy-statement', 'p')
  const json = JSON.parse(await policies.show(policy, 'json', 'none'))
  const { from: conditions, then: actions } = json.configuration['policy-options']['policy-statement'][0]
  expect(conditions['route-filter']).toEqual([
    { address: '10.0.0.0/8', 'choice-ident': 'exact', 'choice-value': '' },
    { address: '10.0.0.0/8', 'choice-ident': 'upto', 'choice-value': '/24', accept: [null] },
  ])
  expect(actions).toEqual({
    community: [{ 'choice-ident': 'add', 'choice-value': '', 'community-name': 'c' }],
    'next-hop': { self: [null] },
  })
  const xml = (await policies.show(policy, 'xml', 'none')).replace(/\s+/g, '')
  expect(xml).toContain('<route-filter><address>10.0.0.0/8</address><exact/></route-filter>')
  expect(xml).toContain('<route-filter><address>10.0.0.0/8</address><upto>/24</upto><accept/></route-filter>')
  expect(xml).toContain('<community><add/><community-name>c</community-name></community>')
})
