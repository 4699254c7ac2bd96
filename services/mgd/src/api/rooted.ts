import { escapeText } from '@hangar/xml'
import type { PathSegment } from './config-path.ts'
import { LoadFailed } from './load-failed.ts'

/**
 * A value as configuration from the top: it comes as `<configuration>`, or as the element that the path ends in, which then gets the levels
 * above it. The same in JSON. Throws `LoadFailed` for one that is neither.
 */
export function rooted(
  { format, text }: { readonly format: 'xml' | 'json'; readonly text: string },
  segments: readonly PathSegment[],
): string {
  return format === 'xml' ? rootedXml(text, segments) : rootedJson(text, segments)
}

function rootedXml(text: string, segments: readonly PathSegment[]): string {
  const bare = text.replace(/^(?:\ufeff)?\s*(?:<\?xml[^>]*\?>)?(?:\s|<!--[\s\S]*?-->)*/, '')
  const name = /^<(?:[\w.-]+:)?([\w.-]+)/.exec(bare)?.[1]
  if (name === 'configuration') return bare
  const last = segments.at(-1)
  if (last ? name !== last.name : name === undefined)
    throw new LoadFailed(`the value is not <${last?.name ?? 'configuration'}>`)
  const above = last ? segments.slice(0, -1) : []
  const opened = above.map(
    ({ name: level, keys }) =>
      `<${level}>${keys.map(([key, value]) => `<${key}>${escapeText(value)}</${key}>`).join('')}`,
  )
  const closed = above.toReversed().map(({ name: level }) => `</${level}>`)
  return `<configuration>${opened.join('')}${bare}${closed.join('')}</configuration>`
}

function rootedJson(text: string, segments: readonly PathSegment[]): string {
  const json = objectOf(text)
  if (Object.hasOwn(json, 'configuration')) return text
  const last = segments.at(-1)
  if (last && !Object.hasOwn(json, last.name)) throw new LoadFailed(`the value has no '${last.name}'`)
  let inner = json
  for (const { name, keys } of segments.slice(0, -1).toReversed())
    inner = { [name]: keys.length > 0 ? [{ ...Object.fromEntries(keys), ...inner }] : inner }
  return JSON.stringify({ configuration: inner })
}

function objectOf(text: string): object {
  try {
    const json: unknown = JSON.parse(text)
    if (typeof json === 'object' && json !== null && !Array.isArray(json)) return json
  } catch {
    // Said below.
  }
  throw new LoadFailed('the configuration is not a JSON object')
}
