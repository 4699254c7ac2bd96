import type { ConfigurationCompletion } from '../configuration-session.ts'
import type { Assistance } from '../editor/line-editor.ts'
import { widthOfText } from '../editor/width.ts'
import type { Scope } from '../grammar/command.ts'
import { complete } from '../grammar/complete.ts'
import { ambiguous, LineProblem } from '../grammar/problem.ts'
import { resolve } from '../grammar/walk.ts'
import { helpText } from '../help.ts'
import type { Candidate } from '../host.ts'
import { isBlank, isComment, splitWords, type Word } from '../line/words.ts'
import { pipeTree } from '../pipes/commands.ts'
import { splitPipes } from '../pipes/pipeline.ts'
import type { SessionState } from './call.ts'
import { problemText } from './error-text.ts'

/** Helps with the line before the cursor; undefined: the key is a character like any other. */
export async function assist(
  shell: SessionState,
  key: 'space' | 'tab' | '?',
  head: string,
): Promise<Assistance | undefined> {
  const { words, open } = splitWords(head)
  if (key === 'space' && !shell.settings.completeOnSpace) return undefined
  if (isComment(head)) return undefined
  if (open !== undefined) return key === 'tab' ? {} : undefined
  const inWord = head !== '' && !isBlank(head.at(-1)!) && words.at(-1)?.text !== '|'
  const partial = inWord ? words.at(-1) : undefined
  if (key === 'space' && !partial) return undefined
  if (partial?.quoted) return key === 'tab' ? {} : undefined
  try {
    const question = asked(shell, inWord ? words.slice(0, -1) : words)
    const found = await question(partial?.text ?? '')
    const nothing = found.candidates.length === 0 && partial !== undefined
    // The word as it stands, taken for whole, says what is wrong with it.
    if (nothing) await asked(shell, words)('')
    return answer(key, found, partial)
  } catch (thrown) {
    if (!(thrown instanceof LineProblem)) return { say: `error: ${(thrown as Error).message}\n` }
    return { say: problemText(thrown, head, widthOfText(shell.prompt), shell.columns) }
  }
}

function answer(
  key: 'space' | 'tab' | '?',
  { candidates, enter }: ConfigurationCompletion,
  partial: Word | undefined,
): Assistance | undefined {
  const typed = partial?.text ?? ''
  const help = { say: helpText(candidates, enter && typed === '') }
  if (key === '?') return help
  const names = candidates.filter(one => !one.placeholder && !(key === 'space' && one.value))
  if (key === 'space') return forSpace(candidates, names, partial!)
  if (names.length === 1 && names[0]!.name !== '') return { insert: `${rest(names[0]!, typed)} ` }
  const common = commonStart(names.map(one => one.name))
  return common.length > typed.length ? { insert: common.slice(typed.length) } : help
}

function forSpace(all: readonly Candidate[], names: readonly Candidate[], partial: Word): Assistance | undefined {
  if (all.some(one => one.name === partial.text)) return undefined
  if (names.length === 1) return { insert: `${rest(names[0]!, partial.text)} ` }
  if (names.length > 1 && !all.some(one => one.placeholder)) throw ambiguous(partial.text, partial.start, names)
  return undefined
}

/** How to ask what may follow these words: in the command, or in the pipe that they stop in. */
function asked(shell: SessionState, words: readonly Word[]): (partial: string) => Promise<ConfigurationCompletion> {
  const { command, pipes } = splitPipes(words)
  const names = (completion: string, prefix: string) => shell.host.complete(completion, prefix)
  const ask =
    <Action>(scope: Scope<Action>, of: readonly Word[]) =>
    (partial: string) =>
      complete(scope, of, partial, names)
  if (pipes.length === 0) return ask(shell.scope, command)
  const { piped } = resolve(shell.scope, command).command.action
  const scope = { tree: pipeTree(piped), path: [] }
  for (const whole of pipes.slice(0, -1)) resolve(scope, whole)
  return ask(scope, pipes.at(-1)!)
}

function rest(candidate: Candidate, typed: string): string {
  return candidate.name.startsWith(typed) ? candidate.name.slice(typed.length) : ''
}

function commonStart(names: readonly string[]): string {
  let common = names[0] ?? ''
  for (const name of names) while (!name.startsWith(common)) common = common.slice(0, -1)
  return common
}
