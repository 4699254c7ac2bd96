import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { BranchSchema } from '../schema/node.ts'
import { rootSchema } from '../schema/root.ts'
import { samples } from '../testing/arbitrary.ts'
import { ipAddress, ipPrefix, routePrefix } from './address.ts'
import { interfaceName, nextHop, prefixOrHost, userName } from './name.ts'
import { integer, integerOr } from './number.ts'
import type { ValueType } from './value.ts'

/** Every value type that the schema uses. */
function types(schema: BranchSchema, into = new Set<ValueType>(), seen = new Set<BranchSchema>()): Set<ValueType> {
  if (seen.has(schema)) return into
  seen.add(schema)
  for (const node of schema.statements.all) {
    if (node.kind === 'list') for (const key of node.keys) into.add(key.type)
    if (node.kind === 'container' || node.kind === 'list') types(node, into, seen)
    else if (node.type) into.add(node.type)
  }
  return into
}

test('a canonical value reads as itself, for every type of the schema and any text', () => {
  const all = [...types(rootSchema)]
  fc.assert(
    fc.property(
      fc.constantFrom(...all),
      fc.oneof(fc.constantFrom(...samples), fc.string({ unit: 'binary' })),
      (type, text) => {
        const read = type.read(text)
        if ('value' in read) expect(type.read(read.value)).toEqual(read)
        else expect(read.error).not.toBe('')
      },
    ),
    { numRuns: 2000 },
  )
})

test('every default is a value of its type', () => {
  const check = (schema: BranchSchema, depth = 0): void => {
    for (const node of schema.statements.all) {
      if (node.kind === 'leaf' && node.default !== undefined) {
        expect(node.type?.read(node.default)).toEqual({ value: node.default })
      }
      if ((node.kind === 'container' || node.kind === 'list') && node.name !== 'groups') check(node, depth + 1)
    }
  }
  check(rootSchema)
})

describe('values', () => {
  test.each([
    [integer(1, 10), '007', '7'],
    [integerOr({ never: '' }, 1, 10), 'never', 'never'],
    [ipAddress(), '2001:DB8:0::1', '2001:db8::1'],
    [ipPrefix('kept'), '10.0.0.1', '10.0.0.1/32'],
    [ipPrefix('kept'), '10.0.0.1/24', '10.0.0.1/24'],
    [routePrefix('inet'), 'default', '0.0.0.0/0'],
    [routePrefix(), '2001:db8::/32', '2001:db8::/32'],
    [routePrefix('inet'), '0/0', '0.0.0.0/0'],
    [routePrefix(), '172.16/12', '172.16.0.0/12'],
    [prefixOrHost, '0/0', '0.0.0.0/0'],
    [prefixOrHost, 'client.example.net', 'client.example.net'],
    [prefixOrHost, '192.0.2.1', '192.0.2.1/32'],
    [nextHop, 'xe-0/0/0.0', 'xe-0/0/0.0'],
    [interfaceName, 'et-0/0/0:3', 'et-0/0/0:3'],
    [userName, 'jet_app', 'jet_app'],
  ])('%#: %s', (type, text, value) => {
    expect(type.read(text)).toEqual({ value })
  })

  test.each([
    [integer(1, 10), '11', 'Value 11 is not within range (1..10)'],
    [integer(1, 10), '-1', "Invalid numeric value: '-1'"],
    [ipAddress(), '10.0.0', "missing information in ip address: '10.0.0'"],
    [ipAddress(), 'ten', "invalid input at 'ten' in ip address: 'ten'"],
    [ipAddress('inet'), '::1', "invalid input at '::1' in ip address: '::1'"],
    [ipAddress('inet6'), '10.0.0.1', "'10.0.0.1' is not a valid ipv6 address"],
    [routePrefix('inet'), '10.0.0.1/8', 'host portion is not zero (10.0.0.0/8)'],
    [routePrefix('inet'), '10.1/8', 'host portion is not zero (10.0.0.0/8)'],
    [routePrefix('inet'), '10/40', "missing information in ip address: '10'"],
    [ipPrefix('kept'), '10.0.0.0/x', "missing or invalid prefix length 'x' in address '10.0.0.0/x'"],
    [prefixOrHost, '10.0.0.999', 'invalid ip address or hostname: 10.0.0.999'],
    [interfaceName, 'xe-0/0/0.0', "invalid interface type in 'xe-0/0/0.0'"],
    [userName, 'two words', "invalid user name: 'two words'"],
  ])('%#: %s is refused', (type, text, error) => {
    expect(type.read(text)).toEqual({ error })
  })
})
