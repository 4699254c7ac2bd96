import type {
  CandidateMode,
  CommitOptions,
  ConfigurationChange,
  ConfigurationCompletion,
  ConfigurationFormat,
  ConfigurationPlace,
  ConfigurationProblem,
  ConfigurationSession,
  ConfigurationVerb,
  Dialogue,
  Editor,
  Inheritance,
  LoadAction,
  LoadResult,
  RollbackIndex,
} from '@hangar/junos-cli'
import { readEditPath, rootSchema, stepWords } from '@hangar/junos-config'
import type { Candidate } from './candidate.ts'
import { changed } from './change.ts'
import { type ConfigurationDatabase, differs } from './database.ts'
import { loaded } from './load.ts'
import { stepsOf, syntaxError } from './place.ts'
import type { TreeView } from './view.ts'

export interface CandidateSessionOptions {
  database: ConfigurationDatabase
  candidate: Candidate
  view: TreeView
  commit(options: CommitOptions): Promise<readonly ConfigurationProblem[]>
  minutesToConfirm(): number | undefined
  /** Told of what the system log should have: "load override". */
  performing(what: string): void
  onClose(): void
}

/** A user's configuration mode: the candidate, and what is done with it. */
export class CandidateSession implements ConfigurationSession {
  readonly mode: CandidateMode
  readonly #options: CandidateSessionOptions
  #closed = false

  constructor(options: CandidateSessionOptions) {
    this.#options = options
    this.mode = options.candidate.seat.mode
  }

  complete(verb: ConfigurationVerb, place: ConfigurationPlace, partial: string): Promise<ConfigurationCompletion> {
    return this.#options.view.complete(verb, place, partial)
  }

  show(place: ConfigurationPlace, format: ConfigurationFormat, inherit: Inheritance): Promise<string> {
    return this.#options.view.show(place, format, inherit)
  }

  compare(place: ConfigurationPlace, rollback: number): Promise<string> {
    return this.#options.view.compare(place, rollback)
  }

  editors(): readonly Editor[] {
    const { database, candidate } = this.#options
    return database.editors.map(editor => editor.seenBy(candidate.seat))
  }

  isModified(): boolean {
    const { candidate } = this.#options
    return differs(candidate.base, candidate.tree)
  }

  async change(verb: ConfigurationChange, place: ConfigurationPlace, dialogue: Dialogue): Promise<readonly string[]> {
    const { candidate } = this.#options
    const { tree, warnings } = await changed(() => candidate.tree, verb, place, dialogue)
    candidate.tree = tree
    return warnings
  }

  async edit({ path, words }: ConfigurationPlace): Promise<readonly string[]> {
    const read = readEditPath(rootSchema, words, { at: stepsOf(path), abbreviations: true })
    if (!read.ok) throw syntaxError(read.fault)
    return stepWords(read.value)
  }

  moved(path: readonly string[]): void {
    const { seat } = this.#options.candidate
    seat.path = path
    seat.touch()
  }

  async load(action: LoadAction, text: string, relative: readonly string[] | undefined): Promise<LoadResult> {
    const { candidate, performing } = this.#options
    performing(`load ${action}`)
    const { tree, result } = loaded(candidate.tree, action, text, relative)
    candidate.tree = tree
    return result
  }

  async rollback(n: RollbackIndex): Promise<void> {
    const { candidate, view, performing } = this.#options
    performing('rollback')
    candidate.tree = await view.rollbackTree(n)
  }

  commit(options: CommitOptions): Promise<readonly ConfigurationProblem[]> {
    return this.#options.commit(options)
  }

  minutesToConfirm(): number | undefined {
    return this.#options.minutesToConfirm()
  }

  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    this.#options.candidate.leave()
    this.#options.onClose()
  }
}
