import { readXml, XmlError } from '@hangar/xml/read'
import type { Branch } from '../tree/node.ts'
import { type ConfigurationElement, type ElementOptions, loadElements } from './elements.ts'
import { type Loaded, unreadable } from './load.ts'

/**
 * Brings a configuration in XML into a tree: a `<configuration>`, also as `| display xml` puts it out, or one statement by itself. Text that is
 * no XML changes nothing.
 */
export function loadXml(base: Branch, text: string, options: ElementOptions = {}): Loaded {
  let root: ConfigurationElement
  try {
    root = readXml(text)
  } catch (error) {
    if (error instanceof XmlError) return unreadable(base, error)
    throw error
  }
  return loadElements(base, configurationIn(root), options)
}

function configurationIn(root: ConfigurationElement): ConfigurationElement {
  const inner = root.name === 'rpc-reply' ? root.children.find(one => one.name === 'configuration') : root
  if (inner?.name === 'configuration') return inner
  return { ...root, name: 'configuration', attributes: {}, children: [root] }
}
