import { emptyRoot, loadSet, viewOf } from '@hangar/junos-config'
import { describe, expect, test } from 'vitest'
import { policyOptions, policyRoute, testPolicies } from '../testing/policies.ts'
import { Policies, policyProblems } from './policies.ts'
import { accepts } from './policy.ts'

const bgp = { localPreference: 100, asPath: '65001 65002', origin: 'I', type: 'internal' } as const

describe('an action', () => {
  const communities = ['65000:1', '65000:2']
  test.each<[string, object]>([
    ['metric 7', { metric: 7 }],
    ['metric add 7', { metric: 17 }],
    ['metric add 4294967295', { metric: 4294967295 }],
    ['metric subtract 11', { metric: 0 }],
    ['metric igp 5', { metric: 25 }],
    ['metric2 7', { metric2: 7 }],
    ['tag 7', { tag: 7 }],
    ['tag2 add 7', { tag2: 7 }],
    ['preference 7', { preference: 7 }],
    ['color 7', { color: 7 }],
    ['local-preference add 5', { bgp: { ...bgp, localPreference: 105 } }],
    ['origin incomplete', { bgp: { ...bgp, origin: '?' } }],
    ['as-path-prepend "65000 65000"', { bgp: { ...bgp, asPath: '65000 65000 65001 65002' } }],
    ['as-path-expand last-as count 2', { bgp: { ...bgp, asPath: '65001 65001 65001 65002' } }],
    ['community set green', { communities: ['65000:3'] }],
    ['community add green', { communities: [...communities, '65000:3'] }],
    ['community delete odd', { communities: ['65000:2'] }],
    ['community add nowhere', {}],
    ['priority high', {}],
  ])('%s', (action, change) => {
    const all = testPolicies(
      `policy-statement p then ${action}`,
      'community green members 65000:3',
      'community odd members "65000:[135]"',
    )
    const values = { preference: 5, preference2: 100, metric: 10, metric2: 20, communities, bgp }
    const subject = policyRoute(undefined, { values })
    expect(accepts([all.get('p')!], subject, true)).toBe(true)
    const med = 'metric' in change ? { bgp: { ...bgp, med: change.metric } } : {}
    expect(subject.values).toEqual({ ...values, ...med, ...change })
    expect(values.metric).toBe(10)
  })

  test('sends a route to the controllers, or elsewhere', () => {
    const all = testPolicies(
      'policy-statement p term a then analyze',
      'policy-statement p term b then next-hop 10.9.9.9',
      'policy-statement q then next-hop self',
    )
    const subject = policyRoute()
    expect(accepts(all.chain(['p']), subject, false)).toBe(false)
    expect(subject.analyze).toBe(true)
    expect(subject.newNextHop).toEqual({ kind: 'address', value: '10.9.9.9' })
    accepts(all.chain(['q']), subject.begin(subject.values), false)
    expect([subject.analyze, subject.newNextHop]).toEqual([false, { kind: 'self' }])
  })
})

describe('a policy', () => {
  const decide = (lines: readonly string[], chain = ['p'], subject = policyRoute()) =>
    [true, false].map(otherwise =>
      accepts(testPolicies(...lines).chain(chain), subject.begin(subject.values), otherwise),
    )
  const [yes, no, undecided] = [
    [true, true],
    [false, false],
    [true, false],
  ]

  test('leaves to the default what no term decides', () => {
    expect(decide(['policy-statement p term t from protocol direct', 'policy-statement p term t then accept'])).toEqual(
      undecided,
    )
    expect(decide(['policy-statement p term t then metric 7'])).toEqual(undecided)
    expect(decide([], [])).toEqual(undecided)
  })

  test('goes through its terms in their order, what stands beside them last', () => {
    expect(
      decide([
        'policy-statement p then reject',
        'policy-statement p term z from protocol static',
        'policy-statement p term z then accept',
        'policy-statement p term a then reject',
      ]),
    ).toEqual(yes)
  })

  test('shows later terms what earlier ones changed', () => {
    expect(
      decide([
        'policy-statement p term a then tag 7',
        'policy-statement p term a then next term',
        'policy-statement p term b from tag 7',
        'policy-statement p term b then accept',
      ]),
    ).toEqual(yes)
  })

  test('sets a default, which the next policy may still go against', () => {
    const lines = [
      'policy-statement p then default-action accept',
      'policy-statement q from protocol static',
      'policy-statement q then reject',
    ]
    expect(decide(lines)).toEqual(yes)
    expect(decide(lines, ['p', 'q'])).toEqual(no)
  })

  test('hands on to the next policy', () => {
    const lines = [
      'policy-statement p term a then next policy',
      'policy-statement p term b then reject',
      'policy-statement q then accept',
    ]
    expect(decide(lines)).toEqual(undecided)
    expect(decide(lines, ['p', 'q'])).toEqual(yes)
  })

  test('does what a route filter says in place of what the term says', () => {
    const lines = [
      'policy-statement p term a from route-filter 10.0.0.0/8 orlonger',
      'policy-statement p term a from route-filter 10.1.0.0/16 exact reject',
      'policy-statement p term a then accept',
    ]
    expect(decide(lines)).toEqual(no)
    expect(decide(lines, ['p'], policyRoute('10.2.0.0/16'))).toEqual(yes)
  })

  test('asks other policies, but never itself', () => {
    const lines = [
      'policy-statement p term a from policy q',
      'policy-statement p term a then accept',
      'policy-statement q term a then metric 7',
      'policy-statement q term b from policy p',
      'policy-statement q term b then reject',
      'policy-statement q term c then default-action accept',
    ]
    const subject = policyRoute()
    expect(decide(lines, ['p'], subject)).toEqual(yes)
    expect(subject.values.metric).toBe(7)
    expect(policyProblems(policyOptions(...lines)).map(({ message }) => message)).toEqual([
      'Policy error: policy p asks for itself',
      'Policy error: policy q asks for itself',
    ])
  })

  test('matches nothing by an expression that is none', () => {
    const lines = [
      'policy-statement p from as-path broken',
      'policy-statement p then accept',
      'as-path broken "(65001"',
    ]
    expect(decide(lines)).toEqual(undecided)
    expect(policyProblems(policyOptions(...lines))).toMatchObject([{ path: ['policy-options', 'as-path', 'broken'] }])
  })
})

describe('a new configuration', () => {
  test('makes a policy anew when it, or something that it names, is another', () => {
    const lines = [
      'policy-statement p from prefix-list lists',
      'policy-statement p from policy inner',
      'policy-statement q then accept',
      'policy-statement inner from community green',
      'community green members 65000:1',
      'prefix-list lists 10.0.0.0/8',
    ]
    const all = new Policies()
    let changes = 0
    all.onChanged(() => changes++)
    let root = emptyRoot
    const set = (...more: readonly string[]) => {
      root = loadSet(root, more.map(line => `set policy-options ${line}`).join('\n')).root
      all.configure(viewOf(root).at('policy-options'))
      return [all.get('p'), all.get('q')]
    }
    const [p, q] = set(...lines)
    expect(set()).toEqual([p, q])
    expect(changes).toBe(1)
    const [again, same] = set('prefix-list other 10.0.0.0/8')
    expect([again === p, same === q, changes]).toEqual([true, true, 2])
    const [another, still] = set('community green members 65000:2')
    expect([another === p, still === q, changes]).toEqual([false, true, 3])
    all.configure(viewOf(emptyRoot).at('policy-options'))
    expect([all.get('p'), all.get('nowhere'), all.chain(['p', 'q'])]).toEqual([undefined, undefined, []])
  })
})
