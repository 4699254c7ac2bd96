import { editPathText } from '../format/level.ts'
import { branchHead, memberLines } from '../format/text.ts'
import { quote } from '../statement/words.ts'
import { type Marks, unmarked } from '../tree/marks.ts'
import { type Branch, entryKey, type List, orderedChildren, orderedEntries, type TreeNode } from '../tree/node.ts'
import type { Step } from '../tree/path.ts'

/**
 * The difference as `show | compare` prints it: for each level that changed its `[edit ...]` line, then the statements
 * taken away (`-`) and added (`+`), whole. Empty when the trees are equal. Indents follow recorded output: a leaf stands
 * one column further than its level is deep, anything with a body two.
 */
export function compareText(a: Branch, b: Branch, at: readonly Step[] = []): string[] {
  const comparison = new Comparison()
  comparison.branches(a, b, at)
  return comparison.lines
}

class Comparison {
  readonly lines: string[] = []
  #level = ''

  branches(a: Branch, b: Branch, steps: readonly Step[]): void {
    if (a.children === b.children) return
    for (const child of orderedChildren(a)) {
      if (!b.children.has(child.schema.name)) this.#whole('-', child, steps)
    }
    for (const child of orderedChildren(b)) {
      const before = a.children.get(child.schema.name)
      if (!before) this.#whole('+', child, steps)
      else if (before !== child) this.#member(before, child, steps)
    }
  }

  #member(a: TreeNode, b: TreeNode, steps: readonly Step[]): void {
    if (a.kind === 'branch' && b.kind === 'branch') this.#branch(a, b, steps)
    else if (a.kind === 'list' && b.kind === 'list') this.#list(a, b, steps)
    else if ((a.kind === 'leaf' || a.kind === 'leaf-list') && (b.kind === 'leaf' || b.kind === 'leaf-list')) {
      const [text] = memberLines({ ...b, ...unmarked })
      if (memberLines({ ...a, ...unmarked })[0] === text) {
        this.#marks(a, b, text!, steps, 1)
        return
      }
      this.#whole('-', a, steps)
      this.#whole('+', b, steps)
    }
  }

  #branch(a: Branch, b: Branch, steps: readonly Step[]): void {
    if (a === b) return
    if (isOneSetting(b) && !sameText(a, b)) {
      this.#whole('-', a, steps)
      this.#whole('+', b, steps)
      return
    }
    this.#marks(a, b, `${headFrom(b, steps)} { ... }`, steps, 2)
    this.branches(a, b, [...steps, { schema: b.schema, keys: b.keys }])
  }

  #list(a: List, b: List, steps: readonly Step[]): void {
    for (const entry of orderedEntries(onlyOf(a, name => !b.entries.has(name)))) this.#whole('-', entry, steps)
    if (b.schema.order === 'system') {
      this.#unordered(
        a,
        onlyOf(b, (name, entry) => a.entries.get(name) !== entry),
        steps,
      )
      return
    }
    // Where order matters the router shows what a new or moved entry stands behind.
    const moved = movedEntries(a, b)
    let previous: Branch | undefined
    let shown: Branch | undefined
    for (const entry of orderedEntries(b)) {
      const name = entryKey(entry.keys)
      const before = a.entries.get(name)
      if (before && !moved.has(name)) {
        this.#branch(before, entry, steps)
      } else {
        if (previous && previous !== shown) {
          this.#line(' ', `${headFrom(previous, steps)} { ... }`, steps, 2)
        }
        if (before) {
          this.#line('!', `${headFrom(entry, steps)} { ... }`, steps, 2)
          this.#branch(before, entry, steps)
        } else {
          this.#whole('+', entry, steps)
        }
        shown = entry
      }
      previous = entry
    }
  }

  #unordered(a: List, changed: List, steps: readonly Step[]): void {
    for (const entry of orderedEntries(changed)) {
      const before = a.entries.get(entryKey(entry.keys))
      if (before) this.#branch(before, entry, steps)
      else this.#whole('+', entry, steps)
    }
  }

  /** A whole statement taken away or added. */
  #whole(sign: '-' | '+', node: TreeNode, steps: readonly Step[]): void {
    const body = node.kind === 'branch' || node.kind === 'list' ? 2 : 1
    const last = steps.at(-1)
    const prefix = last && isPrefix(last.schema) ? `${last.schema.name} ` : ''
    for (const text of memberLines(node, '', prefix)) this.#line(sign, text, steps, body)
  }

  /** What is said of a statement now that was not, or no more: a line for each. */
  #marks(a: Marks, b: Marks, text: string, steps: readonly Step[], body: number): void {
    if (a.isProtected && !b.isProtected) this.#line('!', `unprotect: ${text}`, steps, body)
    if (a.inactive !== b.inactive) this.#line('!', `${b.inactive ? 'inactive' : 'active'}: ${text}`, steps, body)
    if (a.comment !== b.comment) this.#line('!', `/* ${b.comment ?? ''} */ ${text}`, steps, body)
    if (b.isProtected && !a.isProtected) this.#line('!', `protect: ${text}`, steps, body)
  }

  #line(sign: string, text: string, steps: readonly Step[], body: number): void {
    const last = steps.at(-1)
    const level = last && isPrefix(last.schema) ? steps.slice(0, -1) : steps
    const header = editPathText(level)
    if (header !== this.#level) this.lines.push(header)
    this.#level = header
    this.lines.push(`${sign}${' '.repeat(Math.max(2, level.length + body))}${text}`)
  }
}

/** Whether a branch is one setting on one line (`next-hop self;`, `metric 10;`), of which no part changes alone. */
function isOneSetting({ schema }: Branch): boolean {
  return schema.oneLine === 'always' || (schema.oneLine === 'single' && schema.statements.keyless?.kind === 'leaf')
}

function sameText(a: Branch, b: Branch): boolean {
  return memberLines({ ...a, ...unmarked }).join('\n') === memberLines({ ...b, ...unmarked }).join('\n')
}

/** The head of a branch as it is written under the steps, `family inet` included. */
function headFrom(branch: Branch, steps: readonly Step[]): string {
  const last = steps.at(-1)
  const prefix = last && isPrefix(last.schema) ? `${quote(last.schema.name)} ` : ''
  return `${prefix}${branchHead(branch)}`
}

function isPrefix(schema: Step['schema']): boolean {
  return schema.kind === 'container' && schema.prefix
}

/** The list with some of its entries: sorting those that changed costs less than sorting all. */
function onlyOf(list: List, chosen: (name: string, entry: Branch) => boolean): List {
  const entries = new Map<string, Branch>()
  for (const [name, entry] of list.entries) if (chosen(name, entry)) entries.set(name, entry)
  return { ...list, entries }
}

/** Entries of both lists that stand in another order now: those that break the old order, read from the front. */
function movedEntries(a: List, b: List): Set<string> {
  const position = new Map([...a.entries.keys()].map((name, i) => [name, i]))
  const moved = new Set<string>()
  let last = -1
  for (const name of b.entries.keys()) {
    const at = position.get(name)
    if (at === undefined) continue
    if (at < last) moved.add(name)
    else last = at
  }
  return moved
}
