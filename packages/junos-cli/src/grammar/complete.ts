import { ConfigurationSyntaxError } from '../configuration-errors.ts'
import type { ConfigurationCompletion } from '../configuration-session.ts'
import type { Candidate } from '../host.ts'
import type { Word } from '../line/words.ts'
import type { Option, Scope, Tail } from './command.ts'
import { asCandidates } from './options.ts'
import { LineProblem } from './problem.ts'
import { candidatesOf, Walk } from './walk.ts'

/** Names that exist somewhere in the device, for an option's `completion`. */
export type Names = (completion: string, prefix: string) => Promise<readonly Candidate[]>

/** What may follow `words`, beginning with `partial`. Throws {@link LineProblem} when the words lead nowhere. */
export async function complete<Action>(
  scope: Scope<Action>,
  words: readonly Word[],
  partial: string,
  names: Names,
): Promise<ConfigurationCompletion> {
  const walk = new Walk(scope)
  for (const word of words) walk.take(word)
  return next(walk, partial, names)
}

async function next<Action>(walk: Walk<Action>, partial: string, names: Names): Promise<ConfigurationCompletion> {
  const { command, options } = walk
  if (options.awaiting) {
    return { candidates: await valuesOf(options.awaiting, partial, names), enter: false }
  }
  if (walk.rest.length > 0) return tailOf(command!.tail!, walk, partial)

  const nodes = walk.below().filter(one => !one.hidden && one.name.startsWith(partial))
  const keywords = options.keywords().filter(one => !one.hidden && one.name.startsWith(partial))
  const candidates: Candidate[] = []
  const positional = options.positional()
  if (positional) candidates.push(...(await valuesOf(positional, partial, names)))
  candidates.push(...candidatesOf(nodes, keywords))
  const enter = walk.mayEnd()

  if (command?.tail) {
    const tail = await tailOf(command.tail, walk, partial)
    candidates.push(...tail.candidates)
    return { candidates, enter: enter && tail.enter }
  }
  if (command?.into) {
    walk.enter()
    candidates.push(...(await next(walk, partial, names)).candidates)
  }
  return { candidates, enter }
}

async function valuesOf(option: Option, partial: string, names: Names): Promise<Candidate[]> {
  if (option.choices) {
    const begun = option.choices.filter(choice => choice.startsWith(partial))
    return asCandidates(begun, option.help)
  }
  const found = option.completion ? await names(option.completion, partial) : []
  const placeholder = option.placeholder ?? `<${option.name}>`
  return [{ name: placeholder, help: option.help, placeholder: true }, ...found.map(one => ({ ...one, value: true }))]
}

/** Asks the tail; its word counts become places in the line. */
async function tailOf<Action>(tail: Tail, walk: Walk<Action>, partial: string): Promise<ConfigurationCompletion> {
  try {
    return await tail(walk.scope.path, walk.rest, partial)
  } catch (thrown) {
    throw placed(thrown, walk.rest)
  }
}

/** A fault in the words of a configuration path, as a place in the line. Anything else stays what it was. */
export function placed(thrown: unknown, words: readonly Word[]): unknown {
  if (!(thrown instanceof ConfigurationSyntaxError)) return thrown
  return new LineProblem(thrown.message, words[thrown.word]?.start, thrown.candidates)
}
