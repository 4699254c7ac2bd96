import { type Clock, messageOf } from '@hangar/runtime'
import { CommandError, type OutputFormat } from './command.ts'
import { ConfigurationSyntaxError } from './configuration-errors.ts'
import { LineProblem } from './grammar/problem.ts'
import { resolve } from './grammar/walk.ts'
import type { CliHost } from './host.ts'
import { splitWords } from './line/words.ts'
import { LineCutter } from './output/lines.ts'
import type { Filter } from './pipes/filter.ts'
import { Pipeline, splitPipes } from './pipes/pipeline.ts'
import type { Interaction } from './shell/interaction.ts'
import { Shell } from './shell/shell.ts'

export interface Operation {
  /** "show interfaces terse", with pipes if it likes. */
  readonly line: string
  readonly format: OutputFormat
  readonly signal: AbortSignal
}

/** What became of it. Text where text was asked for, where the command has no other form, or where pipes made text of it. */
export interface OperationResult {
  readonly form: OutputFormat
  /** XML is the result's element, without `rpc-reply`; JSON a whole document; lines of text end in "\n". Rejects with {@link CommandError}. */
  readonly output: AsyncIterable<string>
}

/** Obeys one line of operational mode for a program, which has no terminal and no mode to change. Throws {@link CommandError}. */
export async function runOperation(host: CliHost, clock: Clock, operation: Operation): Promise<OperationResult> {
  const { line, format, signal } = operation
  const { words, open } = splitWords(line)
  try {
    if (open !== undefined) throw new LineProblem('syntax error.', open)
    const shell = new Shell(host, clock, nobody)
    const segments = splitPipes(words)
    const { command, path, options, rest } = resolve(shell.runScope, segments.command)
    const { piped } = command.action
    const pipeline = new Pipeline(piped, segments.pipes)
    const form = segments.pipes.length > 0 || piped === 'text' ? 'text' : format
    const display = form === 'text' ? pipeline.display : { ...pipeline.display, format: form, bare: true }
    const output = command.action.run({ shell, path, options, rest, display, signal })
    const filter = segments.pipes.length > 0 ? await pipeline.filter({ screen: screenLines }) : undefined
    return { form, output: failing(filter ? filtered(output, filter) : output) }
  } catch (thrown) {
    throw asCommandError(thrown)
  }
}

/** Lines of a screen that is not there, for `last` without a number. */
const screenLines = 24

async function* failing(output: AsyncIterable<string>): AsyncGenerator<string> {
  try {
    yield* output
  } catch (thrown) {
    throw asCommandError(thrown)
  }
}

async function* filtered(output: AsyncIterable<string>, filter: Filter): AsyncGenerator<string> {
  const cutter = new LineCutter()
  const passed = (lines: readonly string[]) => {
    let text = ''
    for (const line of lines) filter.take(line, out => (text += `${out}\n`))
    return text
  }
  for await (const piece of output) yield passed(cutter.cut(piece))
  let last = passed(cutter.end())
  filter.end?.(line => (last += `${line}\n`))
  yield last
}

function asCommandError(thrown: unknown): unknown {
  if (thrown instanceof LineProblem || thrown instanceof ConfigurationSyntaxError)
    return new CommandError(messageOf(thrown))
  return thrown
}

const nobody: Interaction = {
  ask: async () => undefined,
  secret: async () => undefined,
  text: async () => undefined,
  size: () => ({ columns: 0, rows: 0 }),
}
