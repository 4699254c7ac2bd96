import {
  asWords,
  type BranchSchema,
  type ListSchema,
  readTarget,
  rootSchema,
  type SchemaNode,
  type Target,
} from '@hangar/junos-config'

/** One level of a path: the element, and what it says of its keys. */
export interface PathSegment {
  readonly name: string
  /** [["name", "xe-0/0/0"]] */
  readonly keys: readonly (readonly [name: string, value: string])[]
}

/** A place in the configuration as programs name it. */
export interface ConfigPath {
  /** Below `<configuration>`; none: all of it. */
  readonly segments: readonly PathSegment[]
  readonly target: Target
}

/** A path that leads nowhere. The message says why. */
export class PathError extends Error {
  override readonly name = 'PathError'
}

/** Characters of a path. */
const longest = 4096
const segmentPattern = /\/(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)((?:\[[^\]'"]*(?:'[^']*'|"[^"]*")\s*\])*)/y
const keyPattern = /\[\s*(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)\s*=\s*(?:'([^']*)'|"([^"]*)")\s*\]/y

/** Reads `/interfaces/interface[name='xe-0/0/0']/unit[name='0']`, with `/configuration` in front if it likes; `/` is all. Throws {@link PathError}. */
export function readPath(text: string): ConfigPath {
  if (text.length > longest) throw new PathError(`path is longer than ${longest} characters`)
  const all = segmentsOf(text)
  const segments = all[0]?.name === 'configuration' && all[0].keys.length === 0 ? all.slice(1) : all
  const read = readTarget(rootSchema, asWords(wordsOf(segments)))
  if (!read.ok) throw new PathError(`invalid path: ${read.fault.message}`)
  return { segments, target: read.value }
}

function segmentsOf(text: string): PathSegment[] {
  const trimmed = text.trim()
  if (trimmed === '/') return []
  const segments: PathSegment[] = []
  for (let at = 0; at < trimmed.length; ) {
    segmentPattern.lastIndex = at
    const match = segmentPattern.exec(trimmed)
    if (!match) throw new PathError(`invalid path at '${trimmed.slice(at, at + 64)}'`)
    segments.push({ name: match[1]!, keys: keysOf(match[2]!) })
    at = segmentPattern.lastIndex
  }
  if (segments.length === 0) throw new PathError('path is empty')
  return segments
}

function keysOf(text: string): [string, string][] {
  const keys: [string, string][] = []
  for (let at = 0; at < text.length; ) {
    keyPattern.lastIndex = at
    const match = keyPattern.exec(text)
    if (!match) throw new PathError(`invalid path at '${text.slice(at, at + 64)}'`)
    keys.push([match[1]!, match[2] ?? match[3]!])
    at = keyPattern.lastIndex
  }
  return keys
}

/** The words that a set command has for it. */
function wordsOf(segments: readonly PathSegment[]): string[] {
  const words: string[] = []
  let schema: BranchSchema = rootSchema
  segments.forEach((segment, i) => {
    const statement: SchemaNode | undefined = schema.statements.named(segment.name)
    if (!statement) throw new PathError(`invalid path: no ${segment.name.slice(0, 64)}`)
    const last = i === segments.length - 1
    const keyless = statement.kind === 'list' && !statement.keyword
    if (!keyless) words.push(statement.name)
    if (statement.kind === 'list') {
      if (segment.keys.length === 0 && (!last || keyless))
        throw new PathError(`invalid path: ${segment.name} needs its key`)
      words.push(...keyValues(statement, segment))
    } else if (segment.keys.length > 0) throw new PathError(`invalid path: ${segment.name} has no keys`)
    if (statement.kind === 'list' || statement.kind === 'container') schema = statement
    else if (!last) throw new PathError(`invalid path: nothing is below ${segment.name}`)
  })
  return words
}

/** A single key is called `name`; several have their own names. */
function keyValues(list: ListSchema, { name, keys }: PathSegment): string[] {
  return keys.map(([key, value], i) => {
    const wanted = list.keys.length === 1 ? 'name' : list.keys[i]?.name
    if (key !== wanted) throw new PathError(`invalid path: ${name} has no key ${key.slice(0, 64)}`)
    return value
  })
}
