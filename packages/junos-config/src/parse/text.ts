import { editPathText } from '../format/level.ts'
import { applySet } from '../statement/command.ts'
import type { Fault } from '../statement/fault.ts'
import { unfinished } from '../statement/statement.ts'
import { Walk } from '../statement/walk.ts'
import { quote } from '../statement/words.ts'
import { findBranch, TreeEdit } from '../tree/edit.ts'
import { commentOf, type Marks } from '../tree/marks.ts'
import { type Branch, meansSomethingEmpty } from '../tree/node.ts'
import type { Step, Target } from '../tree/path.ts'
import { Lexer, type Token } from './lexer.ts'
import { Errors, type Loaded, type LoadWarning, refusals, shown } from './load.ts'

export interface TextOptions {
  /** The level at which the text stands (`load merge relative`). */
  readonly at?: readonly Step[]
  /** Obey `replace:` and `delete:` tags (`load replace`); otherwise `replace:` merges and `delete:` is an error. */
  readonly tags?: boolean
}

/** An open `{`: what to do at its `}`. */
interface Level {
  readonly depth: number
  readonly marks: { readonly target: Target; readonly marks: Partial<Marks> } | undefined
}

const tagPattern = /^(inactive|active|replace|delete|protect|unprotect):$/

/** Merges a text (curly) configuration into a tree. Statements that are wrong are left out, and reported. */
export function loadText(base: Branch, text: string, options: TextOptions = {}): Loaded {
  const edit = new TreeEdit(base)
  const read = loadTextInto(edit, text, options)
  const warnings = [...read.warnings, ...refusals(edit, 100 - read.warnings.length)]
  return { root: edit.finish(), ...read, warnings }
}

/** How a part of a patch is read. */
export interface PartOptions extends TextOptions {
  /** The number of its first line. */
  readonly line?: number
  /** Its statements are those to delete, whole. */
  readonly deleting?: boolean
  /** Is told of each statement at the text's own level. */
  readonly named?: (target: Target) => void
}

/** The same with a tree that is being changed. */
export function loadTextInto(edit: TreeEdit, text: string, options: PartOptions): Omit<Loaded, 'root'> {
  return new TextLoader(edit, text, options).run()
}

class TextLoader {
  readonly #lexer: Lexer
  readonly #edit: TreeEdit
  readonly #options: PartOptions
  readonly #errors = new Errors()
  readonly #warnings: LoadWarning[] = []
  readonly #levels: Level[] = []
  #steps: readonly Step[]

  constructor(edit: TreeEdit, text: string, options: PartOptions) {
    this.#lexer = new Lexer(text, options.line)
    this.#edit = edit
    this.#steps = options.at ?? []
    this.#options = options
  }

  run(): Omit<Loaded, 'root'> {
    for (let token = this.#lexer.next(); token.kind !== 'end'; token = this.#lexer.next()) {
      if (token.kind === '}') this.#close(token)
      else if (token.kind === ';') continue
      else this.#statement(token)
    }
    if (this.#levels.length > 0) this.#error(this.#lexer.next(), "missing '}' at end of file", '')
    while (this.#levels.length > 0) this.#leave()
    const { kept, count } = this.#errors
    return { errors: kept, errorCount: count, warnings: this.#warnings }
  }

  /** One statement, from its first token to its `;` or `{`. */
  #statement(first: Token): void {
    const tags = new Set<string>()
    const { comment } = first
    let token = first
    while (token.kind === 'word' && !token.word.quoted && tagPattern.test(token.word.text)) {
      tags.add(token.word.text)
      token = this.#lexer.next()
    }
    const walk = new Walk(this.#edit.root.schema, this.#steps, { refer: tags.has('delete:'), abbreviations: false })
    const spelt: string[] = []
    for (; ; token = this.#lexer.next()) {
      if (token.kind === 'word') {
        spell(spelt, token)
        const fault = walk.take(token.word)
        if (!fault) continue
        this.#fault(token, fault, spelt)
        return
      }
      const fault = this.#end(walk, token, tags, comment)
      if (fault) this.#fault(token, fault, spelt)
      return
    }
  }

  /** The statement's words are over: `;` completes it, `{` opens its level, anything else is out of place. */
  #end(walk: Walk, token: Token, tags: ReadonlySet<string>, comment: string | undefined): Fault | undefined {
    if (token.kind === 'bad') return { kind: 'syntax', message: token.word.text, word: 0 }
    if (token.kind === '}' || token.kind === 'end') return { kind: 'syntax', message: 'syntax error', word: 0 }
    const target = firstNamed(walk)
    if (this.#options.deleting) return this.#deleteWhole(walk, target, token)
    if (tags.has('delete:')) return this.#deleteTagged(walk, target, token)
    if (token.kind === '{' ? walk.expecting.what !== 'statement' || !walk.atBranch || !target : false) {
      return walk.expecting.what === 'statement'
        ? walk.fault('syntax', 'syntax error')
        : walk.fault('missing-argument', 'missing argument')
    }
    if (token.kind === ';') {
      const incomplete = unfinished(walk)
      if (incomplete && !isEmptyContainer(walk)) return incomplete
      if (incomplete) {
        this.#ignored(walk.steps)
        return undefined
      }
    }
    if (tags.has('replace:') && this.#options.tags && target) this.#edit.delete(target)
    if (target && this.#levels.length === 0) this.#options.named?.(target)
    const endsAtBranch = walk.atBranch
    if (!endsAtBranch || meansSomethingEmpty(walk.schema)) {
      applySet(this.#edit, { steps: walk.steps, assignments: walk.assignments })
    } else if (walk.assignments.length > 0) {
      const { depth } = walk.assignments.at(-1)!
      applySet(this.#edit, { steps: walk.steps.slice(0, depth), assignments: walk.assignments })
    }
    const said =
      target && (tags.size > 0 || comment !== undefined) ? { target, marks: marksOf(tags, comment) } : undefined
    if (token.kind === '{') {
      this.#levels.push({ depth: this.#steps.length, marks: said })
      this.#steps = walk.steps
    } else if (said) {
      this.#edit.mark(said.target, said.marks)
    }
    return undefined
  }

  #deleteWhole(walk: Walk, target: Target | undefined, token: Token): Fault | undefined {
    if (!target) return walk.fault('syntax', 'syntax error')
    if (token.kind === '{') this.#skipBlock()
    if (!this.#edit.delete(target)) this.#warn(target.member?.schema.name ?? walk.schema.name, 'statement not found')
    return undefined
  }

  #deleteTagged(walk: Walk, target: Target | undefined, token: Token): Fault | undefined {
    if (!this.#options.tags || !target) return { kind: 'syntax', message: 'syntax error', word: 0 }
    if (token.kind === '{') this.#skipBlock()
    const { steps, assignments } = walk
    const last = assignments.at(-1)
    const member = walk.expecting.what === 'value' || walk.expecting.what === 'key' ? walk.expecting.schema : undefined
    if (member) this.#edit.delete({ steps, member: { schema: member, values: [] } })
    else this.#edit.delete(last ? { steps, member: { schema: last.schema, values: last.values } } : { steps })
    return undefined
  }

  #close(token: Token): void {
    if (this.#levels.length === 0) this.#error(token, 'syntax error', '}')
    else this.#leave()
  }

  #leave(): void {
    const level = this.#levels.pop()!
    const inside = this.#steps
    const last = inside.at(-1)
    if (level.marks) this.#edit.mark(level.marks.target, level.marks.marks)
    if (last && !meansSomethingEmpty(last.schema) && !this.#exists(inside)) this.#ignored(inside)
    this.#steps = inside.slice(0, level.depth)
  }

  #exists(steps: readonly Step[]): boolean {
    return findBranch(this.#edit.root, steps) !== undefined
  }

  /** An empty container says nothing, and the router says so. */
  #ignored(steps: readonly Step[]): void {
    this.#warn(steps.at(-1)!.schema.name, 'statement has no contents; ignored', steps.slice(0, -1))
  }

  #warn(statement: string, message: string, level = this.#steps): void {
    if (this.#warnings.length < 100) this.#warnings.push({ level: editPathText(level), statement, message })
  }

  /** Reports a fault, and passes over the rest of the statement with the block that it opens. */
  #fault(token: Token, fault: Fault, spelt: string[]): void {
    let end = token.kind === 'word' ? this.#lexer.next() : token
    for (; end.kind === 'word'; end = this.#lexer.next()) spell(spelt, end)
    const punctuation = end.kind === '{' ? ' {' : end.kind === ';' ? ';' : ''
    this.#error(token, fault.message, `${spelt.join(' ')}${punctuation}`)
    if (end.kind === '{') this.#skipBlock()
    else if (end.kind === '}') this.#close(end)
  }

  /** Passes over a block whose `{` was read. A counter, not recursion: any depth will do. */
  #skipBlock(): void {
    for (let open = 1; open > 0; ) {
      const { kind } = this.#lexer.next()
      if (kind === '{') open++
      else if (kind === '}') open--
      else if (kind === 'end') return
    }
  }

  #error(token: Token, message: string, statement: string): void {
    this.#errors.add({
      line: token.line,
      column: token.column,
      token: shown(token.kind === 'end' ? 'end of file' : token.word.text),
      message,
      level: editPathText(this.#steps),
      ...(statement === '' ? {} : { statement: shown(statement) }),
    })
  }
}

function marksOf(tags: ReadonlySet<string>, comment: string | undefined): Partial<Marks> {
  const kept = comment === undefined ? undefined : commentOf(comment)
  return {
    ...(tags.has('inactive:') && { inactive: true }),
    ...(kept !== undefined && { comment: kept }),
    ...((tags.has('protect:') || tags.has('unprotect:')) && { isProtected: tags.has('protect:') }),
  }
}

/** Keeps the beginning of a statement for its error: enough to know it by. */
function spell(spelt: string[], { word }: Token): void {
  if (spelt.length < 20) spelt.push(word.quoted ? quote(word.text) : word.text)
}

/** What a tag before a statement is about: the first thing that the statement names. */
export function firstNamed(walk: Walk): Target | undefined {
  let depth = walk.base
  while (isPrefixStep(walk.steps[depth])) depth++
  if (depth < walk.steps.length) return { steps: walk.steps.slice(0, depth + 1) }
  const [assigned] = walk.assignments
  if (assigned) return { steps: walk.steps, member: { schema: assigned.schema, values: [] } }
  return depth > walk.base ? { steps: walk.steps } : undefined
}

function isPrefixStep(step: Step | undefined): boolean {
  return step?.schema.kind === 'container' && step.schema.prefix
}

/** `services;` or `services { }`: understood, and without meaning. */
function isEmptyContainer(walk: Walk): boolean {
  return walk.expecting.what === 'statement' && walk.atBranch && walk.steps.length > walk.base
}
