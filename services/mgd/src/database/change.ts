import type { ConfigurationChange, ConfigurationPlace, Dialogue } from '@hangar/junos-cli'
import {
  appliedWarning,
  applyChange,
  asWords,
  type Branch,
  readChange,
  rootSchema,
  TreeEdit,
  type Word,
} from '@hangar/junos-config'
import { encryptPassword } from '../users/crypt.ts'
import { passwordFault } from '../users/password-rules.ts'
import { stepsOf, syntaxError } from './place.ts'

/** A statement obeyed: the tree that it makes of the one there is when all is known, and warnings without the word. */
export async function changed(
  tree: () => Branch,
  verb: ConfigurationChange,
  place: ConfigurationPlace,
  dialogue: Dialogue,
): Promise<{ tree: Branch; warnings: readonly string[] }> {
  const at = stepsOf(place.path)
  const readWords = (words: readonly Word[]) =>
    readChange(rootSchema, [...asWords([verb]), ...words], { at, abbreviations: true })
  let read = readWords(place.words)
  // A statement that asks (plain-text-password) is the last word of its line, and stores another one.
  if (!read.ok && read.fault.kind === 'prompted' && read.fault.word === place.words.length) {
    const encrypted = encryptPassword(await dialogue.newPassword(passwordFault))
    read = readWords([...place.words.slice(0, -1), ...asWords(['encrypted-password', encrypted])])
  }
  if (!read.ok) throw syntaxError({ ...read.fault, word: read.fault.word - 1 })
  const edit = new TreeEdit(tree())
  const warning = appliedWarning(applyChange(edit, read.value))
  return { tree: edit.finish(), warnings: warning === undefined ? [] : [warning] }
}
