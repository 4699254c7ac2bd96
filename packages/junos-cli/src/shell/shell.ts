import { type Clock, turn } from '@hangar/runtime'
import { CommandError } from '../command.ts'
import { History } from '../editor/history.ts'
import type { Assistance } from '../editor/line-editor.ts'
import { placed } from '../grammar/complete.ts'
import { LineProblem } from '../grammar/problem.ts'
import { resolve } from '../grammar/walk.ts'
import type { CliHost } from '../host.ts'
import { isComment, splitWords, type Word } from '../line/words.ts'
import { LineCutter } from '../output/lines.ts'
import { Pipeline, splitPipes } from '../pipes/pipeline.ts'
import { assist } from './assist.ts'
import type { CliScope, SessionState } from './call.ts'
import { configurationScope } from './configuration/commands.ts'
import type { Editing } from './editing.ts'
import { bannerOf } from './editors-text.ts'
import { errorText, problemText } from './error-text.ts'
import type { Interaction } from './interaction.ts'
import { OperationalCommands } from './operational/commands.ts'
import { type CliSettings, defaultSettings } from './settings.ts'

/** Takes lines of output; false when no more are wanted. */
export type Printer = (lines: readonly string[], paging: boolean) => Promise<boolean>

/** The state of a session and what its lines do to it. Knows no terminal. */
export class Shell implements SessionState {
  readonly host: CliHost
  readonly clock: Clock
  readonly interaction: Interaction
  readonly settings: CliSettings
  readonly operational: OperationalCommands
  editing: Editing | undefined
  /** The user logged out. */
  finished = false
  readonly #histories: { readonly operational: History; readonly configuration: History }

  constructor(host: CliHost, clock: Clock, interaction: Interaction) {
    this.host = host
    this.clock = clock
    this.settings = defaultSettings(host.idleTimeout ?? 0)
    this.interaction = interaction
    this.operational = new OperationalCommands(host)
    const now = () => clock.now()
    this.#histories = { operational: new History(now), configuration: new History(now) }
  }

  get history(): History {
    return this.editing ? this.#histories.configuration : this.#histories.operational
  }

  get scope(): CliScope {
    if (this.editing) return configurationScope(this, this.editing.path)
    return { tree: this.operational.tree, path: [] }
  }

  get runScope(): CliScope {
    return { tree: this.operational.runTree, path: [] }
  }

  get prompt(): string {
    return `${this.host.user}@${this.host.hostName()}${this.editing ? '# ' : '> '}`
  }

  /** The rows above the prompt: `[edit system]`, a commit that waits to be confirmed. */
  get banner(): string {
    if (!this.editing) return ''
    const minutes = this.editing.session.minutesToConfirm()
    const waiting = minutes === undefined ? '' : `# commit confirmed will be rolled back in ${minutes} minutes\n`
    return `${waiting}${bannerOf(this.editing.path)}\n`
  }

  get columns(): number {
    return this.settings.screenWidth ?? this.interaction.size().columns
  }

  get rows(): number {
    return this.settings.screenLength ?? this.interaction.size().rows
  }

  /**
   * Obeys one line; true when it succeeded. `indent` is the columns that the line stands behind its prompt on the screen.
   * Whatever goes wrong is printed; nothing is thrown.
   */
  async execute(line: string, print: Printer, signal: AbortSignal, indent = 0): Promise<boolean> {
    const { words, open } = splitWords(line)
    if (words.length === 0 || isComment(line)) return true
    try {
      this.host.lineRead?.(line.trim())
      if (open !== undefined) throw new LineProblem('syntax error.', open)
      await this.#obey(words, print, signal)
      return true
    } catch (thrown) {
      const text =
        thrown instanceof LineProblem
          ? problemText(thrown, line, indent, this.columns)
          : errorText(thrown, this.clock.now())
      await print(text.split('\n').slice(0, -1), false)
      return false
    }
  }

  assist(key: 'space' | 'tab' | '?', head: string): Promise<Assistance | undefined> {
    return assist(this, key, head)
  }

  /** Leaves configuration mode, without a question. */
  async leaveConfiguration(): Promise<void> {
    const { editing } = this
    this.editing = undefined
    await editing?.session.close()
  }

  async #obey(words: readonly Word[], print: Printer, signal: AbortSignal): Promise<void> {
    const segments = splitPipes(words)
    const { command, path, options, rest } = resolve(this.scope, segments.command)
    const pipeline = new Pipeline(command.action.piped, segments.pipes)
    const filter = await pipeline.filter({ screen: Math.max(this.rows - 1, 10) })
    const { paging } = pipeline.display
    const cutter = new LineCutter()

    const pass = async (lines: readonly string[]): Promise<boolean> => {
      for (let start = 0; start < lines.length; start += slice) {
        if (start > 0) await turn()
        const out: string[] = []
        for (const one of lines.slice(start, start + slice)) filter.take(one, emitted => out.push(emitted))
        if (out.length > 0 && !(await print(out, paging))) return false
        if (signal.aborted) return false
      }
      return true
    }
    if (this.settings.timestamp) await print([timestamp(this.clock.now())], false)
    try {
      const call = { shell: this, path, options, rest, display: pipeline.display, signal }
      let wanted = true
      for await (const piece of command.action.run(call)) {
        wanted &&= await pass(cutter.cut(piece))
        if (!wanted && command.action.droppable) return
      }
      if (!wanted) return
    } catch (thrown) {
      if (signal.aborted && command.action.droppable) return
      if (!(thrown instanceof CommandError)) throw placed(thrown, rest)
      await pass(cutter.end())
      throw thrown
    }
    if (!(await pass(cutter.end()))) return
    const last: string[] = []
    filter.end?.(emitted => last.push(emitted))
    if (last.length > 0) await print(last, paging)
  }
}

/** Lines that are worked on without a pause. */
const slice = 1000

/** "Mar 05 14:47:45" */
function timestamp(now: number): string {
  const [, day, month, , time] = new Date(now).toUTCString().split(' ')
  return `${month} ${day} ${time}`
}
