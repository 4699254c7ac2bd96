import { element, type XmlElement } from '@hangar/xml'
import { LoadFailed } from './load-failed.ts'

/** Levels inside of each other. */
const deepest = 200

/** A configuration in JSON as the elements that it stands for. Throws {@link LoadFailed}. */
export function configurationOfJson(text: string): XmlElement {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw new LoadFailed('the configuration is not JSON')
  }
  if (!isObject(json)) throw new LoadFailed('the configuration is not a JSON object')
  const inner = Object.hasOwn(json, 'configuration') ? json.configuration : json
  return element('configuration', isObject(inner) ? children(inner, 0) : [])
}

type Json = { readonly [name: string]: unknown }

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function children(json: Json, depth: number): XmlElement[] {
  if (depth > deepest) throw new LoadFailed('too many levels of JSON')
  return Object.entries(json).flatMap(([name, value]) => {
    if (name.startsWith('@')) return []
    const beside = json[`@${name}`]
    if (!Array.isArray(value)) return [one(name, value, beside, depth)]
    return value.map((item, i) => one(name, item, Array.isArray(beside) ? beside[i] : beside, depth))
  })
}

/** `beside`: the attributes of a value, which has no place for them in itself. */
function one(name: string, value: unknown, beside: unknown, depth: number): XmlElement {
  const attributes = attributesOf(isObject(value) ? (value['@'] ?? beside) : beside)
  if (isObject(value)) return element(name, children(value, depth + 1), attributes)
  if (value === null || value === true) return element(name, [], attributes)
  if (typeof value === 'string' || typeof value === 'number') return element(name, value, attributes)
  throw new LoadFailed(`'${name.slice(0, 80)}' has no value that a configuration can have`)
}

/** `{"operation": "delete"}`, `{"inactive": true}`. */
function attributesOf(json: unknown): Readonly<Record<string, string>> | undefined {
  if (!isObject(json)) return undefined
  return Object.fromEntries(Object.entries(json).map(([name, value]) => [name, value === true ? name : String(value)]))
}
