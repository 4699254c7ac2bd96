import { naturalCompare } from '../tree/order.ts'
import { choice } from '../values/choice.ts'
import { identifier } from '../values/name.ts'
import { reference, type ValueType } from '../values/value.ts'
import type { ContainerSchema, KeySchema, LeafListSchema, LeafSchema, ListSchema, OneLine, SchemaNode } from './node.ts'
import { Statements } from './statements.ts'

/*
 * The words in which the schema files are written. One call is one statement; the order of statements is the order in
 * which the configuration is shown.
 */

interface Options {
  readonly hidden?: boolean
  readonly secret?: boolean
  readonly mandatory?: boolean
  readonly since?: string
}

type Body = readonly SchemaNode[] | (() => readonly SchemaNode[])

/** Containers and list entries may inherit from groups, so the two statements are added to each that is not always one line. */
function statementsOf(body: Body, groups: boolean): Statements {
  const own = typeof body === 'function' ? body : () => body
  return new Statements(groups ? () => [...applyGroups, ...own()] : own)
}

/** `container('services', 'System services', [...])`. */
export function container(
  name: string,
  help: string,
  body: Body,
  options: Options & { presence?: boolean; prefix?: boolean; oneLine?: OneLine } = {},
): ContainerSchema {
  const { presence = false, prefix = false, oneLine = 'never', ...common } = options
  const statements = statementsOf(body, !prefix && oneLine !== 'always')
  return { kind: 'container', name, help, presence, prefix, grouped: false, oneLine, statements, ...common }
}

/** A list whose entries stand in braces behind its name: `name-server { 192.0.2.1; 192.0.2.2; }`. */
export function groupedList(
  name: string,
  help: string,
  keys: KeySchema | readonly KeySchema[],
  body: Body = [],
  options: Parameters<typeof list>[4] = {},
): ContainerSchema {
  const entries = list(name, help, keys, body, { ...options, keyword: false })
  const statements = new Statements(() => [entries])
  return { kind: 'container', name, help, presence: false, prefix: false, grouped: true, oneLine: 'never', statements }
}

/** `list('unit', 'Logical interface', key('unit-number', 'Number', integer(0, 16385)), [...])`. */
export function list(
  name: string,
  help: string,
  keys: KeySchema | readonly KeySchema[],
  body: Body,
  options: Options & {
    keyword?: boolean
    order?: 'system' | 'user'
    compare?: (a: string, b: string) => number
    oneLine?: OneLine
    single?: boolean
  } = {},
): ListSchema {
  const {
    keyword = true,
    order = 'user',
    compare = naturalCompare,
    oneLine = 'never',
    single = false,
    ...common
  } = options
  return {
    kind: 'list',
    name,
    help,
    keys: Array.isArray(keys) ? keys : [keys as KeySchema],
    keyword,
    order,
    compare,
    oneLine,
    single,
    statements: statementsOf(body, oneLine !== 'always'),
    ...common,
  }
}

/** A key of a list. */
export function key(name: string, help: string, type: ValueType): KeySchema {
  return { name, help, type }
}

/** A key that is one of some words, a few of which take an argument: `{ exact: 'Exactly match', upto: ['Up to', length] }`. */
export function choiceKey(
  help: string,
  words: Readonly<Record<string, string | readonly [string, KeySchema]>>,
): KeySchema {
  const names: Record<string, string> = {}
  const argumentsOf = new Map<string, KeySchema>()
  for (const [word, about] of Object.entries(words)) {
    if (typeof about === 'string') names[word] = about
    else {
      names[word] = about[0]
      argumentsOf.set(word, about[1])
    }
  }
  return { name: 'choice-ident', help, type: choice(names), argument: word => argumentsOf.get(word) }
}

/** `leaf('port', 'Port to listen on', port, { default: '32767' })`. */
export function leaf(
  name: string,
  help: string,
  type: ValueType,
  options: Options & { default?: string; keyword?: boolean; named?: true } = {},
): LeafSchema {
  const { keyword = true, ...common } = options
  return { kind: 'leaf', name, help, type, keyword, prompted: false, ...common }
}

/** A statement that is there or not: `flag('disable', 'Disable this interface')`. */
export function flag(name: string, help: string, options: Options = {}): LeafSchema {
  return { kind: 'leaf', name, help, type: undefined, keyword: true, prompted: false, ...options }
}

/** A statement that only the interactive CLI understands: it asks, and stores another statement. */
export function prompted(name: string, help: string): LeafSchema {
  return { kind: 'leaf', name, help, type: undefined, keyword: true, prompted: true }
}

/** `leafList('permissions', 'Set of permitted operation categories', permission)`. */
export function leafList(name: string, help: string, type: ValueType, options: Options = {}): LeafListSchema {
  return { kind: 'leaf-list', name, help, type, ...options }
}

/** Statements of which at most one is set at a time (`ssl | clear-text`). */
export function oneOf<Node extends SchemaNode>(name: string, nodes: readonly Node[]): Node[] {
  return nodes.map(node => ({ ...node, choice: name }))
}

const groupName = reference(identifier, {
  to: ['groups'],
  message: name => `apply-groups: group '${name}' is not defined`,
})

/** The statements of inheritance, which every level has. */
export const applyGroups: readonly SchemaNode[] = [
  leafList('apply-groups', 'Groups from which to inherit configuration data', groupName),
  leafList('apply-groups-except', "Don't inherit configuration data from these groups", groupName),
]
