import fc from 'fast-check'
import { nextKey } from '../schema/keys.ts'
import type { BranchSchema, ListSchema, SchemaNode } from '../schema/node.ts'
import { rootSchema } from '../schema/root.ts'
import { applyChange, readChange } from '../statement/command.ts'
import { readEditPath } from '../statement/statement.ts'
import { asWords, quote, splitWords } from '../statement/words.ts'
import { TreeEdit } from '../tree/edit.ts'
import type { Branch } from '../tree/node.ts'
import { emptyRoot } from '../tree/tree.ts'
import type { ValueType } from '../values/value.ts'

/** Values of many types; each type takes those that it can read. */
export const samples = [
  '0 1 3 7 10 100 007 512 1500 4094 32767 10.0.0.1 10.0.0.0/8 10.0.0.1/24 10.0.1.0/24 0.0.0.0/0 192.0.2.1/32 default'.split(
    ' ',
  ),
  '2001:db8::1 2001:DB8:0::1/64 ::/0 fe80::1/64 xe-0/0/0 xe-0/0/10 ge-1/0/3 lo0 em0 xe-0/0/0.0 irb.5'.split(' '),
  'inet.0 blue.inet6.0 65000:1 192.0.2.1:7 target:65000:1 no-export /24 /16-/24 0.0.0.1'.split(' '),
  'alpha beta g1 a.example.net messages root * UTC 10m 64512 1.10 49.0001.00 $6$salt$hash <*> <xe-*>'.split(' '),
  '00:05:86:71:00:0c 08:30 2026-01-31.08:30 0x8100 syn dont-fragment ae0 ge-0/0/* .1.3.6.1 http 5 101110 US 8 30 00:11:22:33:44:55:66:77:88:99'.split(
    ' ',
  ),
  ['ssh-rsa AAAAB3NzaC1 me@here', 'ssh-ed25519 AAAAC3Nz', 'ecdsa-sha2-nistp256 AAAAE2Vj a b', '', '##', "it's"],
  ['two words', 'quo"te', 'back\\slash', 'tail\\', 'a;b', '{x}', '[y]', '# no comment', '/* none */', 'inactive:'],
  ['line\nfeed', 'tab\there', '\\n', '\\\n', '\\"', '\\\\x', '^show .*\\.x$', 'ünïcode'],
].flat()

function valueFor(type: ValueType): fc.Arbitrary<string> {
  const fitting = [...(type.choices ?? []).map(choice => choice.name), ...samples].filter(
    text => 'value' in type.read(text),
  )
  if (fitting.length === 0) throw new Error(`no sample value for <${type.placeholder}>`)
  const sample = fc.constantFrom(...fitting)
  // Only types that take any text take generated text: filtering for the others would go on for ever.
  if (!('value' in type.read('zß q'))) return sample
  return fc.oneof(
    sample,
    fc.string({ unit: 'grapheme', maxLength: 12 }).filter(text => 'value' in type.read(text)),
  )
}

/** The words of one random statement below a schema, as a set command would say them. */
function statementBelow(schema: BranchSchema, depth: number): fc.Arbitrary<string[]> {
  const nodes = schema.statements.all.filter(node => !(node.kind === 'leaf' && node.prompted))
  // Every level has the statements of inheritance: often enough with less weight than the rest.
  const weighted = nodes.map(node => ({ arbitrary: fc.constant(node), weight: node.name.startsWith('apply-') ? 1 : 6 }))
  return fc.oneof(...weighted).chain(node => statementOf(node, schema, depth))
}

function statementOf(node: SchemaNode, parent: BranchSchema, depth: number): fc.Arbitrary<string[]> {
  const keyless = node === parent.statements.keyless
  const head = keyless ? [] : [node.name]
  switch (node.kind) {
    case 'leaf': {
      if (!node.type) return fc.constant(head)
      return valueFor(node.type).map(value => [...head, keyless ? `"${value}` : value])
    }
    case 'leaf-list':
      return valueFor(node.type).map(value => [...head, value])
    case 'list':
      return keysOf(node, []).chain(keys => further(node, depth).map(rest => [...head, ...keys, ...rest]))
    case 'container':
      return (node.presence ? further(node, depth) : statementBelow(node, depth + 1)).map(rest => [...head, ...rest])
  }
}

/** The keys of an entry, each with the argument that its value takes. */
function keysOf(schema: ListSchema, keys: readonly string[]): fc.Arbitrary<readonly string[]> {
  const next = nextKey(schema, keys)
  if (!next) return fc.constant(keys)
  return valueFor(next.type).chain(value => keysOf(schema, [...keys, value]))
}

function further(schema: BranchSchema, depth: number): fc.Arbitrary<string[]> {
  if (schema.statements.all.length === 0) return fc.constant([])
  return fc.oneof(
    fc.constant<string[]>([]),
    fc.nat().chain(() => statementBelow(schema, depth + 1)),
  )
}

/** A random set line below a level that the words of an edit path name. It may be refused where keywords and names collide. */
function setLineBelow(path: string): fc.Arbitrary<string> {
  const split = splitWords(path)
  const level = split.ok ? readEditPath(rootSchema, split.words) : undefined
  if (!level?.ok) throw new Error(`no level: ${path}`)
  return statementBelow(level.value.at(-1)?.schema ?? rootSchema, 0).map(words =>
    ['set', path, ...words.map(word => quote(word.startsWith('"') && word.length > 1 ? word.slice(1) : word))]
      .filter(word => word !== '')
      .join(' '),
  )
}

/** Levels that a line from the top seldom comes to, each with forms of its own. */
const deepLevels = [
  'policy-options',
  'policy-options policy-statement alpha term g1',
  'policy-options policy-statement alpha term g1 from',
  'policy-options policy-statement alpha term g1 then',
  'policy-options policy-statement alpha from route-filter 10.0.0.0/8 upto /24',
  'routing-instances alpha',
  'routing-options static route 10.0.0.0/8',
  'routing-options programmable-rpd',
  'protocols bgp group alpha',
  'protocols mpls',
]

/** One random set line: half of them from the top, half of them deep in what routing reads. */
export const setLine: fc.Arbitrary<string> = fc.oneof(
  { arbitrary: setLineBelow(''), weight: deepLevels.length },
  ...deepLevels.map(level => ({ arbitrary: setLineBelow(level), weight: 1 })),
)

/** A random configuration: set lines, some of whose subjects are then deactivated or annotated. */
export const configuration: fc.Arbitrary<Branch> = fc
  .array(fc.tuple(setLine, fc.nat(9), fc.nat(6)), { maxLength: 25 })
  .map(lines => {
    const edit = new TreeEdit(emptyRoot)
    for (const [line, chance, cut] of lines) {
      apply(edit, line)
      if (chance > 6) say(edit, 'deactivate', line, cut)
      if (chance === 5) say(edit, 'annotate', line, cut, ['as asked for /* by "me" */ \\n'])
    }
    return edit.finish()
  })

/** The same, with parts that are protected. */
export const guardedConfiguration: fc.Arbitrary<Branch> = fc
  .tuple(configuration, fc.array(fc.tuple(setLine, fc.nat(6)), { maxLength: 8 }))
  .map(([root, lines]) => {
    const edit = new TreeEdit(root)
    for (const [line, cut] of lines) {
      apply(edit, line)
      say(edit, 'protect', line, cut)
    }
    return edit.finish()
  })

function apply(edit: TreeEdit, line: string): void {
  const words = splitWords(line)
  if (!words.ok) throw new Error(`${words.message}: ${line}`)
  const change = readChange(rootSchema, words.words)
  if (change.ok) applyChange(edit, change.value)
}

function say(edit: TreeEdit, verb: string, line: string, cut: number, further: readonly string[] = []): void {
  const words = splitWords(line)
  if (!words.ok) return
  const texts = words.words.map(word => word.text)
  const change = readChange(rootSchema, asWords([verb, ...texts.slice(1, texts.length - cut), ...further]))
  if (change.ok) applyChange(edit, change.value)
}
