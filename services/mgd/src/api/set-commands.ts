import { asWords, quote, readEditPath, rootSchema, type Step, splitWords, stepWords } from '@hangar/junos-config'
import { LoadFailed } from './load-failed.ts'

const wrapper = /^\s*<configuration-set>([\s\S]*)<\/configuration-set>\s*$/

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

/**
 * Set commands from the top, whether they came bare or in `<configuration-set>`, where XML's five entities stand for themselves, and
 * whichever level `edit`, `up` and `top` lines had led to. As many lines as there were. Throws {@link LoadFailed}.
 */
export function setCommands(text: string): string {
  const inner = wrapper.exec(text)?.[1]
  const plain =
    inner === undefined ? text : inner.replace(/&(lt|gt|amp|quot|apos);/g, (_, name: string) => entities[name]!)
  if (!/^\s*(edit|up|top|exit)\b/m.test(plain)) return plain
  const levels = new Levels()
  return plain
    .split('\n')
    .map((line, i) => levels.fromTop(line.trim(), i + 1))
    .join('\n')
}

/** The level that commands are relative to. */
class Levels {
  readonly #left: (readonly Step[])[] = []
  #at: readonly Step[] = []

  /** The command as it would be given at the top; '' for one that leads to another level. */
  fromTop(line: string, number: number): string {
    const [verb = '', rest = ''] = /^(\S+)\s*([\s\S]*)$/.exec(line)?.slice(1) ?? []
    switch (verb) {
      case 'edit':
        this.#go(this.#found(rest, number))
        return ''
      case 'top':
        if (rest === '') this.#go([])
        else return this.#fromRoot(rest, number)
        return ''
      case 'up':
        this.#go(this.#at.slice(0, Math.max(0, this.#at.length - Number(rest || 1))))
        return ''
      case 'exit':
        this.#at = this.#left.pop() ?? []
        return ''
      case '':
        return ''
      default: {
        const words = stepWords(this.#at).map(quote).join(' ')
        return [verb, words, rest].filter(part => part !== '').join(' ')
      }
    }
  }

  /** `top set ...` leaves the level as it is; `top edit ...` does not. */
  #fromRoot(rest: string, number: number): string {
    const before = this.#at
    this.#at = []
    const line = this.fromTop(rest, number)
    if (!rest.startsWith('edit')) this.#at = before
    return line
  }

  #go(to: readonly Step[]): void {
    this.#left.push(this.#at)
    this.#at = to
  }

  #found(rest: string, number: number): readonly Step[] {
    const split = splitWords(rest)
    const words = split.ok ? [...asWords(stepWords(this.#at)), ...split.words] : []
    const read = readEditPath(rootSchema, words)
    if (split.ok && read.ok) return read.value
    throw new LoadFailed(`configuration:${number}: syntax error: edit ${rest.slice(0, 80)}`)
  }
}
