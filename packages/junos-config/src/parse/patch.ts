import { readEditPath } from '../statement/statement.ts'
import { Walk } from '../statement/walk.ts'
import { splitWords } from '../statement/words.ts'
import { TreeEdit } from '../tree/edit.ts'
import { commentOf, type Marks } from '../tree/marks.ts'
import { type Branch, entryKey } from '../tree/node.ts'
import type { Step, Target } from '../tree/path.ts'
import { Lexer } from './lexer.ts'
import { Errors, type Loaded, type LoadWarning, refusals, shown } from './load.ts'
import { firstNamed, loadTextInto } from './text.ts'

/** Lines of one sign that stand together: whole statements. */
interface Hunk {
  readonly sign: string
  readonly line: number
  readonly text: string
}

const header = /^\s*\[edit(.*)\]\s*$/
/** `    address 10.0.0.1/24 { ... }` */
const elided = /\{\s*\.\.\.\s*\}\s*$/

/**
 * Changes a tree by what `show | compare` prints of it and another: under each `[edit ...]` the statements to take away (`-`), to add (`+`), to
 * deactivate, activate or move (`!`), and those that others stand behind. What is wrong is left out, and reported.
 */
export function loadPatch(base: Branch, text: string): Loaded {
  return new PatchLoader(base).run(text)
}

class PatchLoader {
  readonly #edit: TreeEdit
  readonly #errors = new Errors()
  readonly #warnings: LoadWarning[] = []
  #level = ''
  /** Undefined where the level is none: what stands under it is passed over. */
  #steps: readonly Step[] | undefined
  /** The entry of each list behind which the next one comes. */
  readonly #behind = new Map<string, readonly string[]>()

  constructor(base: Branch) {
    this.#edit = new TreeEdit(base, { pruning: 'late' })
    this.#steps = []
  }

  run(text: string): Loaded {
    for (const hunk of hunksOf(text)) {
      if (hunk.sign === '[') this.#enter(hunk)
      else if (this.#steps) this.#hunk(hunk, this.#steps)
    }
    const { kept, count } = this.#errors
    this.#warnings.push(...refusals(this.#edit, 100 - this.#warnings.length))
    return { root: this.#edit.finish(), errors: kept, errorCount: count, warnings: this.#warnings }
  }

  #enter({ text, line }: Hunk): void {
    this.#level = text.trim()
    const words = splitWords(header.exec(text)?.[1] ?? ']')
    const read = words.ok ? readEditPath(this.#edit.root.schema, words.words) : undefined
    this.#steps = read?.ok ? read.value : undefined
    if (!read?.ok) this.#error(line, text.trim(), read ? read.fault.message : 'syntax error')
  }

  #hunk(hunk: Hunk, steps: readonly Step[]): void {
    switch (hunk.sign) {
      case '-':
      case '+':
        this.#statements(hunk, steps)
        break
      case '!':
        this.#mark(hunk, steps)
        break
      case ' ': {
        const target = this.#named(hunk, steps)
        if (target && elided.test(hunk.text)) this.#note(target)
        break
      }
      default:
        this.#error(hunk.line, `${hunk.sign}${hunk.text}`, 'syntax error')
    }
  }

  #statements({ sign, line, text }: Hunk, steps: readonly Step[]): void {
    const named: Target[] = []
    const { errors, errorCount, warnings } = loadTextInto(this.#edit, text, {
      at: steps,
      line,
      deleting: sign === '-',
      named: target => named.push(target),
    })
    for (const error of errors) this.#errors.add(error)
    this.#errors.count += errorCount - errors.length
    this.#warnings.push(...warnings.slice(0, 100 - this.#warnings.length))
    if (sign === '+') for (const target of named) this.#place(target)
  }

  #mark(hunk: Hunk, steps: readonly Step[]): void {
    const [said, marks] = markIn(hunk.text)
    const target = this.#named({ ...hunk, text: hunk.text.slice(said) }, steps)
    if (!target) return
    const missing = marks ? this.#edit.mark(target, marks) === 'missing' : !this.#place(target)
    if (missing && this.#warnings.length < 100)
      this.#warnings.push({ level: this.#level, statement: shown(hunk.text.trim()), message: 'statement not found' })
  }

  /** Puts an entry of an ordered list behind the one that was named before, or first. */
  #place(target: Target): boolean {
    const last = target.member ? undefined : target.steps.at(-1)
    if (last?.schema.kind !== 'list' || last.schema.order !== 'user') return false
    const behind = this.#behind.get(this.#listOf(target))
    const moved = behind ? this.#edit.move(target.steps, 'after', behind) : this.#edit.move(target.steps, 'first')
    this.#note(target)
    return moved
  }

  #note(target: Target): void {
    this.#behind.set(this.#listOf(target), target.steps.at(-1)?.keys ?? [])
  }

  #listOf({ steps }: Target): string {
    return entryKey([this.#level, ...steps.map(({ schema }) => schema.name)])
  }

  /** The statement that a line names, up to its `;` or `{`. */
  #named({ text, line }: Hunk, steps: readonly Step[]): Target | undefined {
    const walk = new Walk(this.#edit.root.schema, steps, { refer: false, abbreviations: false })
    const lexer = new Lexer(text)
    for (let token = lexer.next(); token.kind === 'word'; token = lexer.next()) {
      const fault = walk.take(token.word)
      if (!fault) continue
      this.#error(line, token.word.text, fault.message)
      return undefined
    }
    return firstNamed(walk)
  }

  #error(line: number, token: string, message: string): void {
    this.#errors.add({ line, column: 1, token: shown(token), message, level: this.#level })
  }
}

/** How long what is said of a statement is, and what: `inactive:`, `unprotect:`, a comment. */
function markIn(text: string): [length: number, marks: Partial<Marks> | undefined] {
  const comment = /^\s*\/\*.*?\*\//.exec(text)?.[0]
  if (comment !== undefined) return [comment.length, { comment: commentOf(comment) }]
  const tag = /^\s*(inactive|active|protect|unprotect):/.exec(text)
  if (!tag) return [0, undefined]
  const [{ length }, word] = tag
  if (word === 'inactive' || word === 'active') return [length, { inactive: word === 'inactive' }]
  return [length, { isProtected: word === 'protect' }]
}

function* hunksOf(text: string): Generator<Hunk> {
  let lines: string[] = []
  let sign = ''
  let start = 0
  for (const [i, line] of text.split(/\r?\n/).entries()) {
    const next = header.test(line) ? '[' : line.trim() === '' ? '' : line[0]!
    if (next === sign && (next === '-' || next === '+')) {
      lines.push(line.slice(1))
      continue
    }
    if (sign !== '') yield { sign, line: start, text: lines.join('\n') }
    sign = next
    start = i + 1
    lines = [next === '[' ? line : line.slice(1)]
  }
  if (sign !== '') yield { sign, line: start, text: lines.join('\n') }
}
