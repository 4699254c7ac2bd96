import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { AsPathExpression } from './as-path.ts'
import { CommunityExpression } from './community.ts'
import { Expression } from './expression.ts'

describe('an AS path expression', () => {
  test.each([
    ['65001', '65001', true],
    ['65001', '65001 65002', false],
    ['65001 65002', '65001 65002', true],
    ['.* 65002$', '65001 65002', true],
    ['^65001 .*', '65001', true],
    ['^65001 .*', '650011 1', false],
    ['65001-65010', '65005', true],
    ['65001-65010', '65011', false],
    ['[65001 65003-65005] .', '65004 7', true],
    ['[65001 65003-65005]', '65002', false],
    ['!65001', '65002', true],
    ['!65001', '65001', false],
    ['![65001 65002] 3', '1 3', true],
    ['()', '', true],
    ['()', '1', false],
    ['.', '', false],
    ['.?', '', true],
    ['1{2}', '1 1', true],
    ['1{2}', '1', false],
    ['1{2,}', '1 1 1 1', true],
    ['1{1,3} 2', '1 1 1 1 2', false],
    ['(1|2) 3+', '2 3 3', true],
    ['(1 | 2) 3+', '1', false],
    ['.* (65003) .*', '1 {65002 65003} 2', true],
    ['1.10', '65546', true],
    ['65546', '1.10', true],
    ['7', '(65001) 7', false],
    ['65001 7', '(65001) 7', true],
  ])('%s over "%s": %s', (expression, asPath, matches) => {
    expect(new AsPathExpression(expression).matches({ asPath })).toBe(matches)
  })

  test('takes a route without attributes of BGP for one with an empty path', () => {
    expect(new AsPathExpression('()').matches(undefined)).toBe(true)
    expect(new AsPathExpression('1 .*').matches(undefined)).toBe(false)
  })

  test.each(['(1', '1)', '*', '1{3,2}', '[1', '1{9999}{9999}', '('.repeat(60)])('refuses %s', text => {
    expect(() => new AsPathExpression(text)).toThrow(SyntaxError)
  })
})

describe('a community', () => {
  test.each([
    [['65000:1'], ['65000:1', '65000:2'], true],
    [['65000:1'], ['65000:11'], false],
    [['65000:1', '65000:2'], ['65000:2'], false],
    [['65000:1', '65000:2'], ['65000:2', '65000:1'], true],
    [['65000:*'], ['65000:77'], true],
    [['*:77'], ['65000:77'], true],
    [['*:77'], ['target:65000:77'], false],
    [['65000:.*'], ['65000:77'], true],
    [['^65000:7.$'], ['65000:77'], true],
    [['^65000:7.$'], ['65000:777'], false],
    [['65000:[1-3]+$'], ['65000:123'], true],
    [['^65000:[^1]$'], ['65000:1'], false],
    [['^(65000|65001):(1|2)$'], ['65001:2'], true],
    [['target:65000:1'], ['target:65000:1'], true],
    [['target:192.0.2.1:1'], ['target:192.0.2.1:1'], true],
    [['target:192.0.2.1:1'], ['target:192.0.201:1'], false],
    [['no-export'], ['65535:65281'], true],
    [['65535:65281'], ['no-export'], true],
    [[], ['65000:1'], false],
    [['65000:1'], [], false],
  ])('%j over %j: %s', (members, communities, matches) => {
    expect(new CommunityExpression(members, false).matches(communities)).toBe(matches)
    expect(new CommunityExpression(members, true).matches(communities)).toBe(!matches)
  })

  test('gives what it names itself, and takes what it covers', () => {
    const community = new CommunityExpression(['65000:1', '65000:2.*', 'no-export', 'target:192.0.2.1:1'], false)
    expect(community.communities).toEqual(['65000:1', 'no-export', 'target:192.0.2.1:1'])
    expect(['65000:1', '65000:21', '65000:3', '65535:65281'].filter(one => community.covers(one))).toEqual([
      '65000:1',
      '65000:21',
      '65535:65281',
    ])
  })

  test('has no time for expressions that try everything', () => {
    expect(new CommunityExpression(['^(1*)*(1*)*(1*)*x$'], false).matches(['1'.repeat(2000)])).toBe(false)
  })
})

describe('an expression', () => {
  const letters = (text: string, at: number) =>
    /[ab]/.test(text[at] ?? '') ? { term: { test: (one: string) => one === text[at] }, end: at + 1 } : undefined
  const expressions = fc.letrec<{ tree: string }>(tie => ({
    tree: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom('a', 'b', '()'),
      fc.tuple(tie('tree'), tie('tree')).map(([one, two]) => one + two),
      fc.tuple(tie('tree'), tie('tree')).map(([one, two]) => `(${one}|${two})`),
      fc
        .tuple(tie('tree'), fc.constantFrom('*', '+', '?', '{0}', '{2}', '{1,2}', '{1,}'))
        .map(([one, op]) => `(${one})${op}`),
    ),
  })).tree

  test('finds what the expressions of the language find', () => {
    fc.assert(
      fc.property(expressions, fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 6 }), (text, subject) => {
        const expression = new Expression(text, letters)
        expect(expression.matches([...subject])).toBe(new RegExp(`^(?:${text})$`).test(subject))
        expect(expression.within([...subject])).toBe(new RegExp(text).test(subject))
      }),
    )
  })
})
