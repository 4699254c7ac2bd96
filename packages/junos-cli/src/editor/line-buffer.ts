/** Characters that a line holds. */
export const longestLine = 65_536

/** A line being typed, and where the cursor is in it. Counted in characters (code points), so that none is ever cut in two. */
export class LineBuffer {
  #chars: string[] = []
  #cursor = 0
  #killed: string[] = []
  /** Longer lines don't grow: a paste without newlines stays bounded. */
  readonly #limit: number

  constructor(limit = longestLine) {
    this.#limit = limit
  }

  get chars(): readonly string[] {
    return this.#chars
  }

  get cursor(): number {
    return this.#cursor
  }

  get text(): string {
    return this.#chars.join('')
  }

  /** What stands before the cursor, as text. */
  get head(): string {
    return this.#chars.slice(0, this.#cursor).join('')
  }

  get atEnd(): boolean {
    return this.#cursor === this.#chars.length
  }

  /** Replaces all of it; the cursor goes to the end. */
  set(text: string): void {
    this.#chars = [...text].slice(0, this.#limit)
    this.#cursor = this.#chars.length
  }

  /** Inserts what there is room for; false when that isn't all. */
  insert(text: string): boolean {
    const all = [...text]
    const added = all.slice(0, this.#limit - this.#chars.length)
    if (this.atEnd) for (const char of added) this.#chars.push(char)
    else this.#chars.splice(this.#cursor, 0, ...added)
    this.#cursor += added.length
    return added.length === all.length
  }

  left(): void {
    this.#cursor = Math.max(this.#cursor - 1, 0)
  }

  right(): void {
    this.#cursor = Math.min(this.#cursor + 1, this.#chars.length)
  }

  home(): void {
    this.#cursor = 0
  }

  end(): void {
    this.#cursor = this.#chars.length
  }

  wordLeft(): void {
    this.#cursor = this.#wordStart()
  }

  wordRight(): void {
    this.#cursor = this.#wordEnd()
  }

  backspace(): void {
    if (this.#cursor > 0) this.#chars.splice(--this.#cursor, 1)
  }

  delete(): void {
    this.#chars.splice(this.#cursor, 1)
  }

  killToEnd(): void {
    this.#kill(this.#cursor, this.#chars.length)
  }

  killAll(): void {
    this.#kill(0, this.#chars.length)
  }

  killWordLeft(): void {
    this.#kill(this.#wordStart(), this.#cursor)
  }

  killWordRight(): void {
    this.#kill(this.#cursor, this.#wordEnd())
  }

  yank(): boolean {
    return this.insert(this.#killed.join(''))
  }

  /** Exchanges the two characters before the cursor (or around it). */
  transpose(): void {
    const right = this.atEnd ? this.#cursor - 1 : this.#cursor
    if (right < 1) return
    const chars = this.#chars
    ;[chars[right - 1], chars[right]] = [chars[right]!, chars[right - 1]!]
    this.#cursor = right + 1
  }

  #kill(from: number, to: number): void {
    if (to > from) this.#killed = this.#chars.splice(from, to - from)
    this.#cursor = from
  }

  #wordStart(): number {
    let at = this.#cursor
    while (at > 0 && this.#chars[at - 1] === ' ') at--
    while (at > 0 && this.#chars[at - 1] !== ' ') at--
    return at
  }

  #wordEnd(): number {
    let at = this.#cursor
    while (at < this.#chars.length && this.#chars[at] === ' ') at++
    while (at < this.#chars.length && this.#chars[at] !== ' ') at++
    return at
  }
}
