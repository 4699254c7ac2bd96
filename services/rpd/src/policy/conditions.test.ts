import { parseAddress } from '@hangar/inet'
import { describe, expect, test } from 'vitest'
import { policyRoute, testPolicies } from '../testing/policies.ts'
import { accepts } from './policy.ts'
import type { PolicyRoute } from './policy-route.ts'

const bgp = { localPreference: 100, asPath: '65001 65002', origin: 'I', type: 'internal' } as const
const bgpStatic = { protocol: 'BGP-Static', values: { preference: 5, preference2: -101, bgp } } as const

describe('a condition', () => {
  const gateway = {
    kind: 'gateways',
    gateways: [{ address: parseAddress('10.0.0.2')!, interface: 'xe-0/0/0.0', resolve: 'connected' }],
  } as const
  const numbers = { preference: 5, preference2: 100, metric: 1, metric2: 2, tag: 3, tag2: 4, color: 5, color2: 6 }
  test.each<[string, Partial<PolicyRoute>, boolean]>([
    ['protocol static', {}, true],
    ['protocol [ direct bgp-static ]', bgpStatic, true],
    ['protocol direct', {}, false],
    ['family inet', {}, true],
    ['family inet6', {}, false],
    ['family inet-vpn', { tableFamily: 'other', table: 'bgp.l3vpn.0' }, true],
    ['family inet-srte', { tableFamily: 'other', table: 'inetcolor.0' }, true],
    ['rib inet.0', {}, true],
    ['rib inet.3', {}, false],
    ['rib-list ribs', { table: 'red.inet.0' }, true],
    ['rib-list ribs', { table: 'inet.3' }, false],
    ['instance red', { instance: 'red' }, true],
    ['instance master', {}, true],
    ['instance-list [ red blue ]', {}, false],
    ['instance-any', { instance: 'red' }, true],
    ['state active', {}, true],
    ['state inactive', {}, false],
    ['programmed', { client: 'app' }, true],
    ['programmed', {}, false],
    ['next-hop 10.0.0.2', { nextHop: gateway }, true],
    ['next-hop 10.0.0.3', { nextHop: gateway }, false],
    ['interface xe-0/0/0.0', { nextHop: gateway }, true],
    ['interface 10.0.0.2', { nextHop: gateway }, true],
    ['interface lo0.0', { nextHop: { kind: 'local', interface: 'lo0.0' } }, true],
    ['interface lo0.0', { nextHop: gateway }, false],
    ['metric 1', { values: numbers }, true],
    ['metric 2', { values: numbers }, false],
    ['metric 0', {}, true],
    ['metric2 2', { values: numbers }, true],
    ['metric3 0', { values: numbers }, true],
    ['tag [ 7 3 ]', { values: numbers }, true],
    ['tag 7', { values: numbers }, false],
    ['tag2 4', { values: numbers }, true],
    ['preference 5', { values: numbers }, true],
    ['preference2 100', { values: numbers }, true],
    ['color 5', { values: numbers }, true],
    ['color2 7', { values: numbers }, false],
    ['local-preference 100', bgpStatic, true],
    ['local-preference 0', {}, false],
    ['origin igp', bgpStatic, true],
    ['origin egp', bgpStatic, false],
    ['route-type internal', bgpStatic, true],
    ['route-type external', {}, false],
    ['as-path [ other mine ]', bgpStatic, true],
    ['as-path other', bgpStatic, false],
    ['as-path-group both', bgpStatic, true],
    ['community [ green blue ]', { values: { ...numbers, communities: ['65000:2'] } }, true],
    ['community green', {}, false],
    ['route-distinguisher rd', { routeDistinguisher: '65000:1' }, true],
    ['route-distinguisher rd', {}, false],
    ['neighbor 10.0.0.1', bgpStatic, false],
    ['external', {}, false],
    ['route-filter 10.0.0.0/8 orlonger', {}, true],
    ['route-filter 10.0.0.0/8 exact', {}, false],
    ['route-filter 10.0.0.0/8 orlonger', { family: undefined }, false],
    ['prefix-list lists', {}, true],
    ['prefix-list lists', { length: 17 }, false],
    ['prefix-list empty', {}, false],
    ['prefix-list-filter lists longer', { length: 17 }, true],
    ['prefix-list-filter lists longer', {}, false],
    ['route-filter-list filters', { length: 18 }, true],
    ['route-filter-list filters', { length: 25 }, false],
    ['source-address-filter 10.0.0.0/8 orlonger', {}, false],
    ['policy inner', {}, true],
    ['policy [ undecided refusing ]', {}, false],
    ['policy undecided', {}, false],
  ])('%s over %j: %s', (condition, more, matches) => {
    const all = testPolicies(
      `policy-statement p term t from ${condition}`,
      'policy-statement p term t then accept',
      'policy-statement inner then accept',
      'policy-statement undecided then metric 7',
      'policy-statement refusing then reject',
      'rib-list ribs *.inet.0',
      'as-path mine "65001 .*"',
      'as-path other "65002 .*"',
      'as-path-group both as-path one 7',
      'as-path-group both as-path two "[65001 65002]{2}"',
      'community green members 65000:1',
      'community blue members "65000:[23]"',
      'route-distinguisher rd members 65000:1',
      'prefix-list lists 10.1.0.0/16',
      'prefix-list empty',
      'route-filter-list filters 10.1.0.0/16 upto /24',
    )
    expect(accepts([all.get('p')!], policyRoute(undefined, more), false)).toBe(matches)
  })

  test('is one of several, all of which have to hold', () => {
    const all = testPolicies(
      'policy-statement p term t from protocol static',
      'policy-statement p term t from tag 7',
      'policy-statement p term t from route-filter 10.0.0.0/8 orlonger',
      'policy-statement p term t from prefix-list lists',
      'policy-statement p term t to rib inet.0',
      'policy-statement p term t then accept',
      'prefix-list lists 192.168.0.0/16',
    )
    const tagged = { values: { preference: 5, preference2: 0, tag: 7 } }
    const answer = (...args: Parameters<typeof policyRoute>) => accepts([all.get('p')!], policyRoute(...args), false)
    expect(answer('10.1.0.0/16', tagged)).toBe(true)
    expect(answer('192.168.0.0/16', tagged)).toBe(true)
    expect(answer('192.168.1.0/24', tagged)).toBe(false)
    expect(answer('10.1.0.0/16')).toBe(false)
    expect(answer('10.1.0.0/16', { ...tagged, table: 'inet.3' })).toBe(false)
  })
})
