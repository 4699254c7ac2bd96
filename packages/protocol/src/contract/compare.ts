import type { FileFacts } from './facts.ts'
import type { Schema } from './schema.ts'

/** How many facts were held against the schema, and a line for each that it does not agree with. */
export type Comparison = { checked: number; differences: string[] }

/**
 * Holds a built schema against the facts: each RPC (request, response, both stream directions), each message (map
 * entry or not), each field (number, type, label, oneof), each enum value (number). Files and options are not compared:
 * they do not travel.
 */
export function compare(facts: FileFacts[], schema: Schema): Comparison {
  const result: Comparison = { checked: 0, differences: [] }
  const expect = (what: string, wanted: unknown, found: unknown): void => {
    result.checked++
    if (wanted !== found) result.differences.push(`${what}: the contract says ${wanted}, the schema ${found}`)
  }
  for (const file of facts) {
    compareServices(file, schema, expect)
    compareMessages(file, schema, expect)
    compareEnums(file, schema, expect)
  }
  return result
}

type Expect = (what: string, wanted: unknown, found: unknown) => void

function compareServices(file: FileFacts, schema: Schema, expect: Expect): void {
  for (const [service, rpcs] of Object.entries(file.services)) {
    for (const wanted of rpcs) {
      const path = `/${service}/${wanted.name}`
      const found = schema.services.get(service)?.get(wanted.name)
      expect(`${path} takes`, wanted.request, found?.request)
      expect(`${path} answers`, wanted.response, found?.response)
      expect(`${path} streams from the client`, wanted.client_streaming ?? false, found?.clientStream)
      expect(`${path} streams from the server`, wanted.server_streaming ?? false, found?.serverStream)
    }
  }
}

function compareMessages(file: FileFacts, schema: Schema, expect: Expect): void {
  for (const [name, wanted] of Object.entries(file.messages)) {
    const found = schema.messages.get(name)
    expect(`${name} is a map entry`, wanted.map_entry ?? false, found?.mapEntry)
    for (const field of wanted.fields) {
      const built = found?.fields.get(field.name)
      expect(`${name}.${field.name} number`, field.number, built?.number)
      expect(`${name}.${field.name} type`, field.type, built?.type)
      expect(`${name}.${field.name} label`, field.label ?? 'optional', built?.label)
      // A field that is missing altogether is a difference here as well, also where no oneof is wanted.
      expect(`${name}.${field.name} oneof`, field.oneof ?? 'none', built && (built.oneof ?? 'none'))
    }
  }
}

function compareEnums(file: FileFacts, schema: Schema, expect: Expect): void {
  for (const [name, wanted] of Object.entries(file.enums))
    for (const value of wanted.values)
      expect(`${name}.${value.name}`, value.number, schema.enums.get(name)?.get(value.name))
}

/** Names in the schema that no fact speaks of: a client's stubs would not have them. Full names, sorted. */
export function unknownTo(facts: FileFacts[], schema: Schema): string[] {
  const known = new Set(facts.flatMap(namesOf))
  const built = [
    ...[...schema.services].flatMap(([service, rpcs]) => [...rpcs.keys()].map(rpc => `${service}.${rpc}`)),
    ...[...schema.messages].flatMap(([name, { fields }]) => [
      name,
      ...[...fields.keys()].map(field => `${name}.${field}`),
    ]),
    ...[...schema.enums].flatMap(([name, values]) => [...values.keys()].map(value => `${name}.${value}`)),
  ]
  return built.filter(name => !known.has(name)).sort()
}

function namesOf(file: FileFacts): string[] {
  return [
    ...Object.entries(file.services).flatMap(([service, rpcs]) => rpcs.map(rpc => `${service}.${rpc.name}`)),
    ...Object.entries(file.messages).flatMap(([name, { fields }]) => [
      name,
      ...fields.map(field => `${name}.${field.name}`),
    ]),
    ...Object.entries(file.enums).flatMap(([name, { values }]) => values.map(value => `${name}.${value.name}`)),
  ]
}
