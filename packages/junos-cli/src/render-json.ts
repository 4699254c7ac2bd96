import type { XmlElement } from '@hangar/xml'

interface JsonNode {
  data?: string | readonly [null]
  attributes?: Record<string, string>
  [name: string]: JsonNode[] | string | readonly [null] | Record<string, string> | undefined
}

/**
 * The element as Junos writes JSON: each name holds an array, a text is `{"data": "x"}`, attributes are in "attributes", an
 * empty element is `{"data": [null]}` where it is a flag. Four blanks a level, ending in "\n".
 */
export function renderJson(root: XmlElement): string {
  return `${JSON.stringify({ [root.name]: [nodeOf(root)] }, null, 4)}\n`
}

function nodeOf(one: XmlElement): JsonNode {
  const node: JsonNode = Object.create(null)
  if (one.attributes) node.attributes = { ...one.attributes }
  if (one.text !== undefined) node.data = one.text
  else if (!one.children?.length) node.data = [null]
  else {
    for (const inner of one.children) {
      const same = node[inner.name]
      if (Array.isArray(same)) (same as JsonNode[]).push(nodeOf(inner))
      else node[inner.name] = [nodeOf(inner)]
    }
  }
  return node
}
