import { CommandError } from '@hangar/junos-cli'
import { element, type XmlElement } from '@hangar/xml'

/** Levels inside of each other; no RPC has more. */
const deepest = 32

/** An RPC as JSON, `{"get-interface-information": {"terse": [null]}}`, as the element that it stands for. Throws `CommandError`. */
export function elementOfJson(text: string): XmlElement {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw new CommandError('syntax error: the command is not JSON')
  }
  const members = typeof json === 'object' && json !== null && !Array.isArray(json) ? Object.entries(json) : []
  if (members.length !== 1) throw new CommandError('syntax error: a command is one JSON object with one member')
  const [name, value] = members[0]!
  return elements(name, value, 0)[0] ?? element(name)
}

/** A list repeats its element; null, `[null]`, true and an empty object are an element with nothing in it. */
function elements(name: string, value: unknown, depth: number): XmlElement[] {
  if (depth > deepest) throw new CommandError('syntax error: too many levels of JSON')
  if (Array.isArray(value)) return value.flatMap(one => elements(name, one, depth + 1))
  if (value === false) return []
  if (value === null || value === true || value === undefined) return [element(name)]
  if (typeof value === 'object') {
    const { data, attributes: _, ...inner } = value as Record<string, unknown>
    if (typeof data === 'string') return [element(name, data)]
    return [
      element(
        name,
        Object.entries(inner).flatMap(([child, of]) => elements(child, of, depth + 1)),
      ),
    ]
  }
  return [element(name, String(value))]
}
