import { equals } from '@bufbuild/protobuf'
import { type InterfaceConfiguration, InterfaceConfigurationSchema } from '@hangar/protocol/hangar/kernel/v1/kernel_pb'
import type { Interfaces } from './read-interfaces.ts'

export interface Difference {
  readonly interfaces: readonly InterfaceConfiguration[]
  readonly removed: readonly string[]
}

/** What the kernel has to be told to get from one to the other; undefined where there is nothing to tell. */
export function difference(before: Interfaces, after: Interfaces): Difference | undefined {
  const interfaces = [...after.values()].filter(one => !same(before.get(one.name), one))
  const removed = [...before.keys()].filter(name => !after.has(name))
  return interfaces.length > 0 || removed.length > 0 ? { interfaces, removed } : undefined
}

function same(a: InterfaceConfiguration | undefined, b: InterfaceConfiguration): boolean {
  return a === b || (a !== undefined && equals(InterfaceConfigurationSchema, a, b))
}
