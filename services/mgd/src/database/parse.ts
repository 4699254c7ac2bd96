import { type Branch, detectFormat, emptyRoot, type LoadError, loadSet, loadText } from '@hangar/junos-config'

/** Reads a whole configuration in text or set format. `errors` says what is wrong with it; empty: nothing. */
export function parseConfiguration(text: string): { tree: Branch; errors: readonly LoadError[] } {
  const { root, errors } = detectFormat(text) === 'set' ? loadSet(emptyRoot, text) : loadText(emptyRoot, text)
  return { tree: root, errors }
}
