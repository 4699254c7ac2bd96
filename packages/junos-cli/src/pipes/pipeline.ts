import { expectingCommand, LineProblem } from '../grammar/problem.ts'
import { type Match, resolve } from '../grammar/walk.ts'
import type { Word } from '../line/words.ts'
import { type PipeAction, type PipeContext, type Piped, pipeTree } from './commands.ts'
import { type Display, plainDisplay } from './display.ts'
import { chain, type Filter } from './filter.ts'

/** The line's command and the pipes after it, as words. */
export interface Segments {
  readonly command: readonly Word[]
  readonly pipes: readonly (readonly Word[])[]
}

export function splitPipes(words: readonly Word[]): Segments {
  const segments: Word[][] = [[]]
  for (const word of words) {
    if (word.text === '|' && !word.quoted) segments.push([])
    else segments.at(-1)!.push(word)
  }
  const [command, ...pipes] = segments
  return { command: command!, pipes: pipes.map(joinBrackets) }
}

/** The pipes understood: how the result is to be asked for, and the lines' way afterwards. */
export class Pipeline {
  readonly display: Display
  readonly #filters: readonly Match<PipeAction>[]

  /** Throws {@link LineProblem}, also for a `display` that comes after the lines were filtered already. */
  constructor(piped: Piped, pipes: readonly (readonly Word[])[]) {
    const scope = { tree: pipeTree(piped), path: [] }
    const filters: Match<PipeAction>[] = []
    let display = plainDisplay
    for (const words of pipes) {
      const match = resolve(scope, words)
      const { action } = match.command
      if ('filter' in action) filters.push(match)
      else {
        const wanted = action.display(match.options)
        const late = filters.length > 0 && !('paging' in wanted)
        if (late) throw new LineProblem(expectingCommand, words[0]!.start)
        display = { ...display, ...wanted }
      }
    }
    this.display = display
    this.#filters = filters
  }

  /** Throws `CommandError` for a pattern that isn't one. */
  async filter(context: PipeContext): Promise<Filter> {
    const filters: Filter[] = []
    for (const { command, options } of this.#filters) {
      if ('filter' in command.action) filters.push(await command.action.filter(options, context))
    }
    return chain(filters)
  }
}

/** Brackets are words of their own in configuration; in a pattern (`match xe-[0-3]`) they are part of it. */
function joinBrackets(words: readonly Word[]): Word[] {
  const joined: Word[] = []
  for (const word of words) {
    const last = joined.at(-1)
    if (last && last.end === word.start && !last.quoted && !word.quoted) {
      joined[joined.length - 1] = { ...last, text: last.text + word.text, end: word.end }
    } else joined.push(word)
  }
  return joined
}
