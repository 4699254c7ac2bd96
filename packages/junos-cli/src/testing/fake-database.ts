import {
  applyChange,
  asWords,
  type Branch,
  cliMessage,
  compareText,
  completeChange,
  emptyRoot,
  type Fault,
  findBranch,
  formatSet,
  formatText,
  loadSet,
  type Resolved,
  readChange,
  readEditPath,
  rootSchema,
  type Step,
  stepWords,
  TreeEdit,
  validate,
} from '@hangar/junos-config'
import { CommandError } from '../command.ts'
import { CommitFailed, ConfigurationSyntaxError, DatabaseLocked, DatabaseModified } from '../configuration-errors.ts'
import type {
  CandidateMode,
  CommitOptions,
  ConfigurationPlace,
  ConfigurationProblem,
  ConfigurationSession,
  ConfigurationView,
  Dialogue,
  Editor,
  RollbackIndex,
} from '../configuration-session.ts'

/** A configuration database in memory: one shared candidate, no daemons behind it. */
export class FakeDatabase {
  readonly revisions: Branch[] = [emptyRoot]
  shared: Branch = emptyRoot
  editors: Editor[] = []
  /** What the next commits answer. */
  problems: ConfigurationProblem[] = []
  readonly commits: CommitOptions[] = []
  minutesToConfirm: number | undefined
  readonly committedView: ConfigurationView = viewOf(() => this.committed, this)

  get committed(): Branch {
    return this.revisions[0]!
  }

  hostName(): string {
    const match = /^set system host-name (\S+)$/m.exec(formatSet(this.committed).join('\n'))
    return match?.[1] ?? 'router'
  }

  open(mode: CandidateMode, user: string): ConfigurationSession {
    const lock = this.editors.filter(editor => editor.mode === 'exclusive')
    if (mode === 'exclusive' && lock.length > 0) throw new DatabaseLocked(lock)
    if (mode !== 'shared' && this.shared !== this.committed) throw new DatabaseModified(mode, this.editors)
    return new FakeSession(this, mode, user)
  }
}

function viewOf(branch: () => Branch, database: FakeDatabase): ConfigurationView {
  return {
    async complete(verb, { path, words }, partial) {
      const found = completeChange(branch(), verb, words, partial, stepsOf(path))
      if (found.fault) throw syntaxError(found.fault)
      const candidates = found.items.map(({ text, help, mark, insertable, name }) => ({
        name: text,
        help,
        ...(mark !== '' && { marker: mark }),
        placeholder: !insertable,
        value: name ?? false,
      }))
      return { candidates, enter: found.enter }
    },
    async show({ path, words }, format) {
      const at = resolved(readEditPath(rootSchema, words, { at: stepsOf(path), abbreviations: true }))
      const found = findBranch(branch(), at)
      if (!found) return ''
      if (format === 'set') return lines(formatSet(found, stepWords(at)))
      return format === 'text' ? formatText(found) : `<configuration>\n    <changed/>\n</configuration>\n`
    },
    async compare({ path }, rollback) {
      const before = database.revisions[rollback]
      if (!before) throw new CommandError(`rollback ${rollback} not found`)
      const at = stepsOf(path)
      return lines(compareText(findBranch(before, at) ?? emptyRoot, findBranch(branch(), at) ?? emptyRoot, at))
    },
  }
}

class FakeSession implements ConfigurationSession {
  readonly mode: CandidateMode
  readonly complete: ConfigurationSession['complete']
  readonly show: ConfigurationSession['show']
  readonly compare: ConfigurationSession['compare']
  readonly #database: FakeDatabase
  readonly #self: Editor
  #private: Branch
  #path: readonly string[] = []

  constructor(database: FakeDatabase, mode: CandidateMode, user: string) {
    this.mode = mode
    this.#database = database
    this.#private = database.committed
    this.#self = { user, terminal: 'pts/0', pid: 1000, since: 0, lastActive: 0, mode, path: [], self: true }
    const view = viewOf(() => this.#tree, database)
    this.complete = view.complete
    this.show = view.show
    this.compare = view.compare
  }

  get #tree(): Branch {
    return this.mode === 'private' ? this.#private : this.#database.shared
  }

  set #tree(tree: Branch) {
    if (this.mode === 'private') this.#private = tree
    else this.#database.shared = tree
  }

  editors(): readonly Editor[] {
    return [...this.#database.editors, { ...this.#self, path: this.#path }]
  }

  isModified(): boolean {
    return this.#tree !== this.#database.committed
  }

  async change(
    verb: 'set' | 'delete' | 'activate' | 'deactivate',
    { path, words }: ConfigurationPlace,
    dialogue: Dialogue,
  ) {
    const lock = this.#database.editors.filter(editor => editor.mode === 'exclusive')
    if (lock.length > 0) throw new DatabaseLocked(lock)
    const prompted = words.at(-1)?.text === 'plain-text-password'
    const secret = prompted
      ? await dialogue.newPassword(text => (text.length < 6 ? 'minimum password length is 6' : undefined))
      : ''
    const all = prompted ? [...words.slice(0, -1), ...asWords(['encrypted-password', `$6$${secret}`])] : words
    const read = readChange(rootSchema, [...asWords([verb]), ...all], { at: stepsOf(path), abbreviations: true })
    if (!read.ok) throw syntaxError({ ...read.fault, word: read.fault.word - 1 })
    const edit = new TreeEdit(this.#tree)
    const applied = applyChange(edit, read.value)
    this.#tree = edit.finish()
    return applied === 'not-found' ? ['statement not found'] : []
  }

  async edit({ path, words }: ConfigurationPlace): Promise<readonly string[]> {
    return stepWords(resolved(readEditPath(rootSchema, words, { at: stepsOf(path), abbreviations: true })))
  }

  moved(path: readonly string[]): void {
    this.#path = path
  }

  async load(_action: string, text: string) {
    const { root, errors } = loadSet(this.#tree, text)
    this.#tree = root
    return {
      errors: errors.map(error => `terminal:${error.line}:(${error.column}) ${error.message}: ${error.token}`),
      warnings: [],
    }
  }

  async rollback(n: RollbackIndex): Promise<void> {
    const tree = n === 'rescue' ? undefined : this.#database.revisions[n]
    if (!tree) throw new CommandError(`rollback ${n} not found`)
    this.#tree = tree
  }

  async commit(options: CommitOptions): Promise<readonly ConfigurationProblem[]> {
    const database = this.#database
    const found = validate(this.#tree).map(({ severity, path, statement, message }) => ({
      warning: severity === 'warning',
      path: stepWords(path).join(' '),
      element: statement,
      message,
    }))
    const problems = [...database.problems, ...found]
    if (problems.some(problem => !problem.warning)) throw new CommitFailed(problems)
    database.commits.push(options)
    if (options.check) return problems
    database.revisions.unshift(this.#tree)
    database.shared = this.#tree
    database.minutesToConfirm = options.confirmed
    return problems
  }

  minutesToConfirm(): number | undefined {
    return this.#database.minutesToConfirm
  }

  async close(): Promise<void> {
    if (this.mode === 'exclusive') this.#database.shared = this.#database.committed
  }
}

function stepsOf(path: readonly string[]): Step[] {
  return resolved(readEditPath(rootSchema, asWords(path)))
}

function resolved<Value>(read: Resolved<Value>): Value {
  if (!read.ok) throw syntaxError(read.fault)
  return read.value
}

function syntaxError(fault: Fault): ConfigurationSyntaxError {
  const candidates = fault.candidates?.map(({ name, help }) => ({ name, help })) ?? []
  return new ConfigurationSyntaxError(cliMessage(fault), fault.word, candidates)
}

function lines(all: readonly string[]): string {
  return all.map(line => `${line}\n`).join('')
}
