import { logicalInterfaceName } from '../values/name.ts'
import type { ValueType } from '../values/value.ts'
import { key, list } from './dsl.ts'
import type { ListSchema, SchemaNode } from './node.ts'

/** A logical interface, or all of them. */
const interfaceOrAll: ValueType = {
  ...logicalInterfaceName,
  choices: [{ name: 'all', help: 'All interfaces' }],
  open: true,
  read: text => (text === 'all' ? { value: text } : logicalInterfaceName.read(text)),
}

/** `interface all`, `interface xe-0/0/0.0 { ... }`: where a protocol runs. */
export function protocolInterface(options: () => readonly SchemaNode[]): ListSchema {
  return list('interface', 'Interface options', key('interface-name', 'Interface name', interfaceOrAll), options)
}
