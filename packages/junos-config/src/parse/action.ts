import type { Branch } from '../tree/node.ts'
import type { Step } from '../tree/path.ts'
import { emptyRoot } from '../tree/tree.ts'
import { loadJson } from './json.ts'
import { Lexer } from './lexer.ts'
import type { Loaded } from './load.ts'
import { loadPatch } from './patch.ts'
import { detectFormat, loadSet } from './set.ts'
import { loadText } from './text.ts'
import { loadXml } from './xml.ts'

/** The words after `load`. */
export type LoadAction = 'merge' | 'override' | 'replace' | 'update' | 'set' | 'patch'
/** How a configuration is written. */
export type Format = 'text' | 'set' | 'xml' | 'json'

export interface LoadOptions {
  /** Told by the text's beginning where it is not said. `set` and `patch` have formats of their own. */
  readonly format?: Format
  /** The level at which the text stands (`relative`); without meaning where the whole configuration is replaced. */
  readonly at?: readonly Step[]
}

/**
 * What a `load` makes of a tree. Statements that are wrong are left out and reported; text that is not of its format at all changes nothing.
 * `override` and `update` put the text in place of everything; `replace` obeys its tags: `replace:` and `delete:` in text, in XML and JSON
 * the attributes that `merge` obeys too.
 */
export function load(base: Branch, action: LoadAction, text: string, options: LoadOptions = {}): Loaded {
  const { format = formatOf(text), at = [] } = options
  switch (action) {
    case 'set':
      return loadSet(base, text, { at })
    case 'patch':
      return loadPatch(base, text)
    case 'merge':
      return readers[format](base, text, { at })
    case 'replace':
      return readers[format](base, text, { at, tags: true })
    case 'override':
    case 'update': {
      const loaded = readers[format](emptyRoot, text, {})
      return loaded.root === emptyRoot && loaded.errorCount > 0 ? { ...loaded, root: base } : loaded
    }
  }
}

const readers = { text: loadText, set: loadSet, xml: loadXml, json: loadJson } satisfies Record<Format, unknown>

/** How a text is written, told by how it begins. */
export function formatOf(text: string): Format {
  const { kind, word } = new Lexer(text).next()
  if (kind === '{') return 'json'
  return kind === 'word' && word.text.startsWith('<') ? 'xml' : detectFormat(text)
}
