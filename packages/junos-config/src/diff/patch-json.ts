import type { XmlElement } from '@hangar/xml'
import type { BranchSchema } from '../schema/node.ts'
import { rootSchema } from '../schema/root.ts'

type Json = { [name: string]: unknown }

/** The element of a patch as JSON, `{"configuration": {...}}`: in the shape of a configuration, what stands in attributes in an `@` beside it. */
export function patchJson(patch: XmlElement): string {
  return JSON.stringify({ [patch.name]: objectOf({ ...patch, attributes: {} }, rootSchema) })
}

function objectOf(branch: XmlElement, schema: BranchSchema): Json {
  const attributes = branch.attributes ?? {}
  const json: Json = Object.create(null)
  if (Object.keys(attributes).length > 0) json['@'] = short(attributes)
  for (const child of branch.children ?? []) add(json, child, schema)
  return json
}

function add(json: Json, child: XmlElement, schema: BranchSchema): void {
  const { name, text = '', attributes } = child
  const statement = schema.statements.named(name)
  const append = (to: string, value: unknown) => {
    const list = json[to]
    if (Array.isArray(list)) list.push(value)
    else json[to] = [value]
  }
  switch (statement?.kind) {
    case 'list':
      append(name, objectOf(child, statement))
      return
    case 'container':
      json[name] = objectOf(child, statement)
      return
    case 'leaf-list':
      append(name, text)
      append(`@${name}`, short(attributes ?? {}))
      return
    default:
      // A key of its entry, or a leaf.
      json[name] = statement?.kind === 'leaf' && !statement.type ? [null] : text
      if (attributes) json[`@${name}`] = short(attributes)
  }
}

/** Prefixes are XML's: `operation`, not `nc:operation`. */
function short(attributes: Readonly<Record<string, string>>): Json {
  return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name.replace(/^.*:/, ''), value]))
}
