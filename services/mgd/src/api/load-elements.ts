import {
  applyChange,
  asWords,
  type Branch,
  type BranchSchema,
  type ListSchema,
  readChange,
  rootSchema,
  TreeEdit,
} from '@hangar/junos-config'
import type { XmlElement } from '@hangar/xml'
import { LoadFailed } from './load-failed.ts'

/** Makes what the children of `<configuration>` say, with the attributes that a load knows. Throws {@link LoadFailed}. */
export function loadElements(tree: Branch, configuration: XmlElement): Branch {
  const edit = new TreeEdit(tree)
  new Loading(edit).branch(configuration.children ?? [], rootSchema, [])
  return edit.finish()
}

class Loading {
  readonly #edit: TreeEdit

  constructor(edit: TreeEdit) {
    this.#edit = edit
  }

  branch(children: readonly XmlElement[], schema: BranchSchema, path: readonly string[]): void {
    for (const child of children) this.#statement(child, schema, path)
  }

  #statement(given: XmlElement, schema: BranchSchema, path: readonly string[]): void {
    const statement = schema.statements.named(given.name)
    if (!statement) throw new LoadFailed(`${placeOf(path)}: syntax error: ${given.name.slice(0, 80)}`)
    const own = (statement.kind === 'list' || statement.kind === 'leaf') && !statement.keyword ? [] : [statement.name]
    switch (statement.kind) {
      case 'container':
        this.#level(given, statement, [...path, ...own], given.children ?? [])
        break
      case 'list': {
        const { keys, rest } = keysOf(statement, given, path)
        this.#level(given, statement, [...path, ...own, ...keys], rest)
        break
      }
      case 'leaf':
      case 'leaf-list': {
        if (given.children?.length) throw new LoadFailed(`${placeOf(path)}: syntax error: ${given.children[0]!.name}`)
        const text = (given.text ?? '').trim()
        const words = [...path, ...own]
        const flag = statement.kind === 'leaf' && !statement.type
        const one = statement.kind === 'leaf' && statement.keyword
        const target = one || text === '' ? words : [...words, text]
        if (!this.#stays(given, target)) break
        this.#change('set', flag ? words : [...words, text])
        this.#activity(given, target)
      }
    }
  }

  #level(given: XmlElement, schema: BranchSchema, words: readonly string[], children: readonly XmlElement[]): void {
    const means = schema.kind === 'list' || schema.presence
    if (!this.#stays(given, words)) return
    if (means && children.length === 0) this.#change('set', words)
    this.branch(children, schema, words)
    this.#activity(given, words)
  }

  /** Obeys what an element says of what was there before; false when that is all. */
  #stays({ attributes = {} }: XmlElement, target: readonly string[]): boolean {
    const operation = attributes.operation ?? attributes.delete ?? attributes.replace
    if (operation === 'delete' || operation === 'remove' || operation === 'replace') this.#change('delete', target)
    return operation !== 'delete' && operation !== 'remove'
  }

  #activity({ attributes = {} }: XmlElement, target: readonly string[]): void {
    if (attributes.inactive === 'inactive') this.#change('deactivate', target)
    if (attributes.active === 'active') this.#change('activate', target)
  }

  #change(verb: 'set' | 'delete' | 'activate' | 'deactivate', words: readonly string[]): void {
    const change = readChange(rootSchema, asWords([verb, ...words]))
    if (!change.ok) {
      const word = words[change.fault.word - 1] ?? ''
      throw new LoadFailed(
        `${placeOf(words.slice(0, Math.max(0, change.fault.word - 1)))}: ${change.fault.message}: ${word.slice(0, 80)}`,
      )
    }
    applyChange(this.#edit, change.value)
  }
}

/** The keys of an entry are children of their own: one is `name`, several have their names. */
function keysOf(list: ListSchema, given: XmlElement, path: readonly string[]) {
  const rest = [...(given.children ?? [])]
  const names = list.keys.length === 1 ? ['name'] : list.keys.map(({ name }) => name)
  const keys = names.map(name => {
    const at = rest.findIndex(child => child.name === name)
    if (at < 0) throw new LoadFailed(`${placeOf(path)}: missing mandatory '${name}' of ${list.name}`)
    return (rest.splice(at, 1)[0]!.text ?? '').trim()
  })
  return { keys, rest }
}

function placeOf(path: readonly string[]): string {
  return `[edit${path.length > 0 ? ` ${path.join(' ').slice(0, 200)}` : ''}]`
}
