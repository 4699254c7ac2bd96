import { type Completion, type CompletionMode, type Completions, complete } from './complete.ts'
import { readTarget } from './statement/statement.ts'
import type { Word } from './statement/words.ts'
import type { Branch } from './tree/node.ts'
import type { Step } from './tree/path.ts'

/** The commands of configuration mode whose words are a place. */
export type CompletedVerb = CompletionMode | 'annotate' | 'copy' | 'insert' | 'protect' | 'rename' | 'unprotect'

/** Between the two sides of a command that has two. */
const separators: Partial<Record<CompletedVerb, readonly Completion[]>> = {
  copy: [keyword('to', 'Name of the copy')],
  insert: [keyword('after', 'Behind another element'), keyword('before', 'In front of another element')],
  rename: [keyword('to', 'New name')],
}

/** What may follow some words of a command of configuration mode. */
export function completeChange(
  tree: Branch,
  verb: CompletedVerb,
  words: readonly Word[],
  partial: string,
  at: readonly Step[] = [],
): Completions {
  const between = separators[verb]
  if (between) return ofTwoSides(between, tree, words, partial, at)
  if (verb !== 'annotate' && verb !== 'copy' && verb !== 'insert' && verb !== 'rename')
    return complete(tree, words, partial, {
      mode: verb === 'protect' || verb === 'unprotect' ? 'deactivate' : verb,
      at,
    })
  const known = complete(tree, words, partial, { mode: 'deactivate', at })
  const comment = words.length > 0 ? [placeholder('<comment>', 'Comment')] : []
  return { ...known, items: [...known.items, ...comment], enter: false }
}

function ofTwoSides(
  between: readonly Completion[],
  tree: Branch,
  words: readonly Word[],
  partial: string,
  at: readonly Step[],
): Completions {
  const behind = words.findLastIndex(({ text, quoted }) => !quoted && between.some(one => one.text === text))
  if (behind > 0)
    return { items: [placeholder('<identifier>', 'Identifier')], enter: partial === '' && behind < words.length - 1 }
  const known = complete(tree, words, partial, { mode: 'deactivate', at })
  const whole = words.length > 0 && namesElement(tree, words, at)
  const more = whole ? between.filter(one => one.text.startsWith(partial)) : []
  return { ...known, items: [...known.items, ...more], enter: false }
}

/** Whether the words name an entry of a list, or a value of a set. */
function namesElement(tree: Branch, words: readonly Word[], at: readonly Step[]): boolean {
  const read = readTarget(tree.schema, words, { at, abbreviations: true })
  if (!read.ok) return false
  const { steps, member } = read.value
  return member ? member.schema.kind === 'leaf-list' && member.values.length > 0 : steps.at(-1)?.schema.kind === 'list'
}

function keyword(text: string, help: string): Completion {
  return { text, help, mark: '', insertable: true }
}

function placeholder(text: string, help: string): Completion {
  return { text, help, mark: '', insertable: false }
}
