import { type Branch, emptyRoot, formatLoadError, type Loaded, loadSet, loadText } from '@hangar/junos-config'
import type { XmlElement } from '@hangar/xml'
import { readXml, XmlError } from '@hangar/xml/read'
import { configurationOfJson } from './configuration-json.ts'
import { loadElements } from './load-elements.ts'
import { LoadFailed } from './load-failed.ts'
import { setCommands } from './set-commands.ts'

/** Configuration as a program sends it. */
export interface GivenConfiguration {
  readonly format: 'xml' | 'json' | 'text' | 'set'
  readonly text: string
}

export type LoadType = 'merge' | 'replace' | 'override' | 'update' | 'set'

/** What a load makes of a tree, all of it or nothing. Throws {@link LoadFailed}. */
export function loadConfiguration(tree: Branch, { format, text }: GivenConfiguration, type: LoadType): Branch {
  const base = type === 'override' || type === 'update' ? emptyRoot : tree
  switch (format) {
    case 'set':
      return withoutErrors(loadSet(tree, setCommands(text)))
    case 'text':
      return withoutErrors(loadText(base, text, { tags: type === 'replace' }))
    case 'xml':
      return loadElements(base, configurationOfXml(text))
    case 'json':
      return loadElements(base, configurationOfJson(text))
  }
}

function withoutErrors({ root, errors, errorCount }: Loaded): Branch {
  if (errorCount === 0) return root
  const lines = errors.slice(0, 10).flatMap(error => formatLoadError('configuration', error))
  if (errorCount > 10) lines.push(`and ${errorCount - 10} more errors`)
  throw new LoadFailed(lines.join('\n'))
}

function configurationOfXml(text: string): XmlElement {
  try {
    const root = readXml(text)
    if (root.name === 'configuration') return root
    throw new LoadFailed(`syntax error: <${root.name.slice(0, 80)}>, not <configuration>`)
  } catch (thrown) {
    throw thrown instanceof XmlError ? new LoadFailed(`syntax error: ${thrown.message}`) : thrown
  }
}
