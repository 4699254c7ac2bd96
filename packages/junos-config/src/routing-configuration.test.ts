import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { diff, emptyRoot, formatSet, formatText, loadSet, loadText, validate, viewOf } from './index.ts'

const text = readFileSync(new URL('./testing/routing.conf', import.meta.url), 'utf8')
const loaded = loadText(emptyRoot, text)
const config = viewOf(loaded.root)

test('a configuration of policies, instances, routes and protocols is written as it was read', () => {
  expect(loaded.errors).toEqual([])
  expect(formatText(loaded.root)).toBe(text)
  expect(validate(loaded.root)).toEqual([])
})

test('its commands make the same', () => {
  const lines = formatSet(loaded.root)
  const again = loadSet(emptyRoot, lines.join('\n'))
  expect(again.errors).toEqual([])
  expect(formatText(again.root)).toBe(text)
  expect(diff(loaded.root, again.root)).toEqual([])
  const known = 'policy-options policy-statement from-peers term known'
  expect(lines).toEqual(
    expect.arrayContaining([
      `set ${known} from route-filter 10.1.0.0/16 upto /24`,
      `set ${known} from route-filter 10.2.0.0/16 prefix-length-range /20-/24 metric add 5`,
      `set ${known} then metric 10`,
      `set ${known} then community add customer`,
      `set ${known} then next-hop self`,
      'set routing-options autonomous-system 65000',
      'set routing-options autonomous-system loops 2',
      'set routing-options programmable-rpd purge-timeout 300',
      'set protocols mpls label-switched-path to-pe2 priority 7 0',
      'set protocols mpls path north 192.0.2.2 strict',
    ]),
  )
})

test('static routes are read', () => {
  const [first, second] = config.at('routing-options', 'static').list('route')
  expect(first!.values('next-hop')).toEqual(['192.0.2.2', '192.0.2.6'])
  const [qualified] = first!.list('qualified-next-hop')
  expect([qualified!.key, qualified!.number('preference'), qualified!.leaf('interface')]).toEqual([
    '192.0.2.10',
    200,
    'xe-0/0/0.0',
  ])
  expect([first!.has('no-install'), first!.number('preference2'), first!.at('as-path').leaf('path')]).toEqual([
    true,
    3,
    '65000 65001',
  ])
  expect([second!.key, second!.has('reject')]).toEqual(['10.5.0.0/16', true])
  const blue = config.at('routing-instances', 'blue', 'routing-options')
  expect(blue.at('static', 'route', '10.9.0.0/16').leaf('next-table')).toBe('inet.0')
  expect(blue.at('rib', 'blue.inet6.0', 'static', 'route', '::/0').has('discard')).toBe(true)
})

test('policies are read', () => {
  const policy = config.at('policy-options', 'policy-statement', 'from-peers')
  expect(policy.list('term').map(({ key }) => key)).toEqual(['martians', 'known', 'programmed', 'lists'])
  const known = policy.at('term', 'known')
  expect(
    known
      .at('from')
      .list('route-filter')
      .map(filter => [...filter.keys, filter.has('accept')]),
  ).toEqual([
    ['10.0.0.0/8', 'exact', true],
    ['10.1.0.0/16', 'upto', '/24', false],
    ['10.2.0.0/16', 'orlonger', false],
    ['10.2.0.0/16', 'prefix-length-range', '/20-/24', true],
    ['10.3.0.0/16', 'through', '10.3.128.0/17', false],
  ])
  const actions = known.at('then')
  expect([actions.at('metric').number('metric'), actions.at('local-preference').number('subtract')]).toEqual([10, 20])
  expect(actions.list('community').map(({ keys }) => keys)).toEqual([
    ['add', 'customer'],
    ['delete', 'blackhole'],
  ])
  expect([actions.at('next-hop').has('self'), actions.leaf('next')]).toEqual([true, 'policy'])
  expect(policy.at('then').has('reject')).toBe(true)
})

test('instances and label-switched paths are read', () => {
  expect(
    config
      .at('routing-instances')
      .list()
      .map(({ key }) => key),
  ).toEqual(['blue', 'customer-a'])
  const vrf = config.at('routing-instances', 'customer-a')
  expect([vrf.leaf('instance-type'), vrf.list('interface')[0]!.key, vrf.has('vrf-table-label')]).toEqual([
    'vrf',
    'xe-0/0/2.100',
    true,
  ])
  expect(vrf.at('vrf-target').leaf('community')).toBe('target:65000:1')
  const mpls = config.at('protocols', 'mpls')
  const lsp = mpls.at('label-switched-path', 'to-pe2')
  expect([lsp.leaf('to'), lsp.list('priority')[0]!.keys]).toEqual(['192.0.2.9', ['7', '0']])
  expect(mpls.at('path', 'north').list()[1]!.leaf('type')).toBe('loose')
  const purge = config.at('routing-options', 'programmable-rpd', 'purge-timeout')
  expect([purge.number('timeout'), purge.has('never')]).toEqual([300, false])
})
