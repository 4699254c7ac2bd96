import { isGrouped, type Step } from '@hangar/junos-config'
import type { ConfigPath } from './config-path.ts'
import { LoadFailed } from './load-failed.ts'

/**
 * The level that a value stands at: the top, where it is a `<configuration>`; that of the element that the path ends in, where it is that
 * one. The same in JSON. Throws `LoadFailed` for a value that is neither.
 */
export function levelOf(
  { format, text }: { readonly format: 'xml' | 'json'; readonly text: string },
  { segments, target }: ConfigPath,
): readonly Step[] {
  const last = segments.at(-1)
  const names = format === 'xml' ? nameOfXml(text) : namesOfJson(text)
  if (!last || names.includes('configuration')) return []
  if (!names.includes(last.name)) throw new LoadFailed(`the value is not ${last.name}`)
  if (target.member) return target.steps
  const above = target.steps.slice(0, -1)
  // What has no element of its own is no level of its own.
  return above.length > 0 && isGrouped(above.at(-1)!.schema) ? above.slice(0, -1) : above
}

/** Of the root element; what is no XML is found out when it is read. */
function nameOfXml(text: string): readonly string[] {
  const start = /^\ufeff?\s*(?:<\?[^>]*\?>\s*|<!--(?:(?!-->)[\s\S])*-->\s*)*<(?:[\w.-]+:)?([\w.-]+)/.exec(text)
  return start ? [start[1]!] : []
}

function namesOfJson(text: string): readonly string[] {
  try {
    const json: unknown = JSON.parse(text)
    return typeof json === 'object' && json !== null ? Object.keys(json) : []
  } catch {
    throw new LoadFailed('the value is not JSON')
  }
}
