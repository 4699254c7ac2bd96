import { readdirSync, readFileSync } from 'node:fs'
import { renderXml } from '@hangar/xml'
import { describe, expect, test } from 'vitest'
import {
  configurationElement,
  configurationJson,
  emptyRoot,
  formatSet,
  formatText,
  inherit,
  loadJson,
  loadSet,
  loadText,
  loadXml,
  problemLines,
  validate,
  viewOf,
} from './index.ts'

const folder = new URL('./cases/', import.meta.url)
const cases = readdirSync(folder).map(name => [name, readFileSync(new URL(name, folder), 'utf8')] as const)

describe.each(cases)('%s', (_, text) => {
  const loaded = loadText(emptyRoot, text)

  test('is read without an error, may be committed, and is written as it was read', () => {
    expect(loaded.errors).toEqual([])
    expect(validate(loaded.root).flatMap(problemLines)).toEqual([])
    expect(formatText(loaded.root)).toBe(text)
  })

  test('its commands make the same', () => {
    const again = loadSet(emptyRoot, formatSet(loaded.root).join('\n'))
    expect(again.errors).toEqual([])
    expect(formatText(again.root)).toBe(text)
  })

  test('its XML and its JSON say the same', () => {
    const xml = loadXml(emptyRoot, renderXml(configurationElement(loaded.root, [])))
    const json = loadJson(emptyRoot, configurationJson(loaded.root, []))
    expect([xml.errors, json.errors]).toEqual([[], []])
    expect(formatText(xml.root)).toBe(text)
    expect(formatText(json.root)).toBe(text)
  })
})

const viewOfCase = (name: string) =>
  viewOf(inherit(loadText(emptyRoot, readFileSync(new URL(name, folder), 'utf8')).root))

test('entries in braces are elements of their own', () => {
  const { root } = loadSet(emptyRoot, 'set system name-server 192.0.2.1\nset system name-server 192.0.2.2')
  const xml = renderXml(configurationElement(root, []))
  expect(xml.match(/<name-server>/g)).toHaveLength(2)
  expect(JSON.parse(configurationJson(root, [])).configuration.system).toEqual({
    'name-server': [{ name: '192.0.2.1' }, { name: '192.0.2.2' }],
  })
})

test('programs find what they read', () => {
  const config = viewOfCase('jet-lesson.conf')
  const application = config.at('system', 'extensions', 'extension-service', 'application').list('file')
  expect(application.map(file => [file.key, file.has('daemonize'), file.leaf('username')])).toEqual([
    ['static.py', false, undefined],
    ['watcher.py', true, 'lab'],
  ])
  const ephemeral = config.at('system', 'configuration-database', 'ephemeral')
  expect([ephemeral.list('instance').map(({ key }) => key), ephemeral.has('ignore-ephemeral-default')]).toEqual([
    ['first', 'second'],
    true,
  ])
})

test.each([
  ['set interfaces xe-0/0/0 unit 0 family inet filter input nowhere', "Referenced filter 'nowhere' is not defined"],
  [
    'set interfaces xe-0/0/0 unit 0 family ethernet-switching vlan members blue',
    "Referenced vlan 'blue' is not defined",
  ],
  ['set firewall filter f term t then policer p', "Referenced policer 'p' is not defined"],
  ['set firewall filter f term t from prefix-list l', "Referenced prefix-list 'l' is not defined"],
  ['set snmp community c view v', "Referenced view 'v' is not defined"],
  ['set class-of-service scheduler-maps m forwarding-class c scheduler s', "Referenced scheduler 's' is not defined"],
  ['set vlans v1 vlan-id 5\nset vlans v2 vlan-id 5', 'duplicate VLAN-ID 5: already used by vlan v1'],
])('%s is refused at commit', (lines, message) => {
  const { root, errors } = loadSet(emptyRoot, lines)
  expect(errors).toEqual([])
  expect(validate(root).map(problem => problem.message)).toEqual([message])
})

test.each([
  'set firewall filter f term t from nothing',
  'set firewall filter f term t from destination-port 70000',
  'set firewall filter f term t from tcp-flags maybe',
  'set snmp v3 usm local-engine user u authentication-crc32',
  'set system ntp server 192.0.2.1 version 9',
  'set system syslog file f any loud',
  'set vlans x vlan-id 4095',
  'set chassis fpc 0 pic 0 port 1 speed 7g',
  'set event-options policy p then make-coffee',
])('%s is refused when it is typed', line => {
  expect(loadSet(emptyRoot, line).errors).toHaveLength(1)
})
