import { keySchemas } from '../schema/keys.ts'
import { elementName, isGrouped, type ListSchema } from '../schema/node.ts'
import type { Marks } from '../tree/marks.ts'
import { type Branch, orderedChildren, orderedEntries, type TreeNode } from '../tree/node.ts'
import type { Step } from '../tree/path.ts'

/*
 * A configuration as JSON, in the shape of a router: containers are objects, lists are arrays of objects with their key as `name`,
 * flags and empty containers are [null], sets are arrays, and what is inactive says so in an `@` beside it.
 */

type Json = { [name: string]: unknown }

/** The whole document, `{"configuration": {...}}`, with the levels that lead to a branch; ends in "\n". */
export function configurationJson(branch: Branch, steps: readonly Step[], attributes: Json = {}): string {
  let inner = contents(branch)
  for (const { schema, keys } of steps.toReversed()) {
    if (schema.kind === 'list') inner = { [schema.name]: [{ ...named(schema, keys), ...inner }] }
    else if (!isGrouped(schema) && Object.keys(inner).length > 0) inner = { [elementName(schema)]: inner }
  }
  const configuration = Object.keys(attributes).length > 0 ? { '@': attributes, ...inner } : inner
  return `${JSON.stringify({ configuration }, null, 4)}\n`
}

function contents(branch: Branch): Json {
  const json: Json = Object.create(null)
  for (const child of orderedChildren(branch)) {
    if (child.kind === 'branch' && isGrouped(child.schema)) {
      Object.assign(json, contents(child))
      continue
    }
    const name = elementName(child.schema)
    json[name] = jsonOf(child)
    const said = child.kind === 'list' || child.kind === 'branch' ? undefined : attributesOf(child)
    if (said) json[`@${name}`] = said
  }
  return json
}

function attributesOf({ inactive, comment, isProtected }: Marks): Json | undefined {
  if (!inactive && comment === undefined && !isProtected) return undefined
  return {
    ...(comment !== undefined && { comment: `/* ${comment} */` }),
    ...(inactive && { inactive: true }),
    ...(isProtected && { protect: true }),
  }
}

function jsonOf(node: TreeNode): unknown {
  switch (node.kind) {
    case 'branch':
      return node.children.size === 0 && !attributesOf(node) ? [null] : branchJson(node)
    case 'list':
      return orderedEntries(node).map(branchJson)
    case 'leaf':
      return node.schema.type ? node.value : [null]
    case 'leaf-list':
      return node.values
  }
}

function branchJson(branch: Branch): Json {
  const names = branch.schema.kind === 'list' ? named(branch.schema, branch.keys) : {}
  const said = attributesOf(branch)
  return { ...(said && { '@': said }), ...names, ...contents(branch) }
}

/** A single key is `name`, several have their own; a choice that takes no argument has an empty one. */
function named(list: ListSchema, keys: readonly string[]): Json {
  const schemas = keySchemas(list, keys)
  if (schemas.length === 1) return { name: keys[0] }
  const json: Json = {}
  schemas.forEach((schema, i) => {
    json[schema.name] = keys[i]
    if (schema.argument && !schema.argument(keys[i]!)) json['choice-value'] = ''
  })
  return json
}
