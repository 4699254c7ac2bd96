import type { Branch } from '../tree/node.ts'
import { type ConfigurationElement, type ElementOptions, loadElements } from './elements.ts'
import { type Loaded, unreadable } from './load.ts'

type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json }

/** Objects and arrays inside of each other; more are refused. */
const maximumDepth = 1000

/**
 * Brings a configuration in JSON into a tree: `{"configuration": {...}}`, or what is in it. Lists are arrays of objects, or one object; what is said
 * about a statement is in an `@` in it or beside it. Text that is no JSON changes nothing.
 */
export function loadJson(base: Branch, text: string, options: ElementOptions = {}): Loaded {
  let root: ConfigurationElement
  try {
    root = rootOf(JSON.parse(text.replace(/^\ufeff/, '')) as Json)
  } catch (error) {
    if (error instanceof SyntaxError)
      return unreadable(base, { message: error.message, ...placeOf(error.message, text) })
    throw error
  }
  return loadElements(base, root, options)
}

function rootOf(json: Json): ConfigurationElement {
  if (!isObject(json)) throw new SyntaxError('a configuration is an object')
  const { configuration } = json
  const whole = Array.isArray(configuration) && configuration.length === 1 ? (configuration[0] as Json) : configuration
  const contents = whole === undefined ? json : whole
  if (!isObject(contents)) throw new SyntaxError('a configuration is an object')
  return elementOf('configuration', contents, undefined, 0)
}

/** Where nothing says, and JSON has no places. */
const place = { line: 1, column: 1 }

function elementOf(name: string, json: Json, beside: Json | undefined, depth: number): ConfigurationElement {
  if (depth > maximumDepth) throw new SyntaxError(`there are more than ${maximumDepth} levels`)
  if (!isObject(json))
    return { name, attributes: attributesOf(beside), children: [], text: json === null ? '' : String(json), ...place }
  const children = Object.entries(json).flatMap(([key, value]) =>
    key.startsWith('@') ? [] : elementsOf(key, value, json[`@${key}`], depth + 1),
  )
  return { name, attributes: attributesOf(json['@'] ?? beside), children, ...place }
}

/** `[null]` is something empty. Of several values each has its own `@`, or all have one. */
function elementsOf(name: string, json: Json, beside: Json | undefined, depth: number): ConfigurationElement[] {
  const local = name.slice(name.indexOf(':') + 1)
  if (!Array.isArray(json)) return [elementOf(local, json as Json, beside, depth)]
  if (depth > maximumDepth) throw new SyntaxError(`there are more than ${maximumDepth} levels`)
  return json.map((one: Json, i: number) =>
    elementOf(local, one, Array.isArray(beside) ? (beside[i] as Json) : beside, depth),
  )
}

/** `{"inactive": true, "operation": "delete"}`; what is false is not said. */
function attributesOf(said: Json | undefined): Record<string, string> {
  const attributes: Record<string, string> = Object.create(null)
  const one = Array.isArray(said) ? (said[0] as Json) : said
  if (!isObject(one)) return attributes
  for (const [name, value] of Object.entries(one))
    if (value !== false && value !== null && typeof value !== 'object')
      attributes[name.slice(name.indexOf(':') + 1)] = String(value)
  return attributes
}

function isObject(json: Json | undefined): json is { readonly [name: string]: Json } {
  return typeof json === 'object' && json !== null && !Array.isArray(json)
}

function placeOf(message: string, text: string): { line: number; column: number } {
  const said = /line (\d+) column (\d+)/.exec(message)
  if (said) return { line: Number(said[1]), column: Number(said[2]) }
  const lines = text.split('\n')
  return { line: lines.length, column: lines.at(-1)!.length + 1 }
}
