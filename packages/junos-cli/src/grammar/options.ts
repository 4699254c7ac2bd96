import type { Candidate } from '../host.ts'
import type { Word } from '../line/words.ts'
import type { Option } from './command.ts'
import { ambiguous, LineProblem } from './problem.ts'

/** The options of one command as they are given, word by word. */
export class Options {
  readonly given = new Map<string, string>()
  /** The option whose value comes next. */
  awaiting: Option | undefined
  readonly #all: readonly Option[]

  constructor(all: readonly Option[]) {
    this.#all = all
  }

  /** What could be given now: not given yet, and not shut out by another of its group. */
  open(): Option[] {
    const groups = new Set(this.#all.filter(one => this.given.has(one.name)).map(one => one.group))
    return this.#all.filter(
      one =>
        !this.given.has(one.name) &&
        (one.group === undefined || !groups.has(one.group)) &&
        (one.requires === undefined || this.given.has(one.requires)),
    )
  }

  /** Words that would be understood now, with what they stand for. */
  keywords(): Keyword[] {
    return this.open().flatMap(option => {
      if (option.kind !== 'positional') return [{ name: option.name, option, hidden: option.hidden ?? false }]
      return (option.choices ?? []).map(name => ({ name, option, hidden: option.hidden ?? false }))
    })
  }

  /** The word is an option that what was given shuts out; it is no value for another then. */
  shutOut(word: Word): boolean {
    return !word.quoted && this.#all.some(one => one.kind !== 'positional' && one.name === word.text)
  }

  /** The positional that would take a free word. */
  positional(word?: Word): Option | undefined {
    return this.open().find(
      one => one.kind === 'positional' && !one.choices && !(one.range && word && !/^-?\d/.test(word.text)),
    )
  }

  use({ option, name }: Keyword): void {
    if (option.kind === 'value') this.awaiting = option
    else this.given.set(option.name, option.kind === 'flag' ? '' : name)
  }

  /** Takes the word as the value of an option. */
  value(option: Option, word: Word): void {
    this.given.set(option.name, checked(option, word))
    this.awaiting = undefined
  }

  /** A required option that isn't there yet. */
  missing(): boolean {
    return this.awaiting !== undefined || this.open().some(one => one.required)
  }
}

export interface Keyword {
  readonly name: string
  readonly option: Option
  readonly hidden: boolean
}

function checked(option: Option, word: Word): string {
  const { range, choices } = option
  if (range) {
    if (!/^-?\d+$/.test(word.text)) throw new LineProblem(`Invalid numeric value: '${word.text}'`, word.start)
    const [low, high] = range
    const value = Number(word.text)
    if (value < low || value > high) {
      throw new LineProblem(`Value ${word.text} is not within range (${low}..${high})`, word.start)
    }
    return String(value)
  }
  if (!choices || choices.includes(word.text)) return word.text
  const begun = choices.filter(choice => choice.startsWith(word.text))
  if (begun.length === 1) return begun[0]!
  if (begun.length > 1) throw ambiguous(word.text, word.start, asCandidates(begun, option.help))
  throw new LineProblem('syntax error.', word.start)
}

export function asCandidates(names: readonly string[], help: string): Candidate[] {
  return names.map(name => ({ name, help }))
}
