import type { LineBuffer } from './line-buffer.ts'
import { widthOf, widthOfText } from './width.ts'

const more = ['.', '.', '.']

/**
 * Draws a line after its prompt on one row of the screen. A line that is too long scrolls sideways, with `...` where it goes on.
 * Draws the difference only, with backspaces and characters, so that typing at the end echoes just what was typed.
 */
export class LineView {
  readonly #write: (text: string) => void
  readonly #columns: () => number
  #prompt = ''
  /** What is on the screen after the prompt, and before which of it the cursor stands. */
  #shown: readonly string[] = []
  #cursor = 0
  /** First character of the line that is in sight. */
  #start = 0

  constructor(write: (text: string) => void, columns: () => number) {
    this.#write = write
    this.#columns = columns
  }

  /** Begins on a fresh row. */
  begin(prompt: string): void {
    this.#prompt = prompt
    this.#shown = []
    this.#cursor = 0
    this.#start = 0
    this.#write(prompt)
  }

  draw(line: LineBuffer): void {
    const { cells, cursor } = this.#window(line)
    let same = 0
    while (same < cells.length && same < this.#shown.length && cells[same] === this.#shown[same]) same++
    const differs = same < cells.length || same < this.#shown.length
    if (differs) {
      this.#moveTo(same, this.#shown)
      this.#write(cells.slice(same).join(''))
      const stale = widthOfText(this.#shown.join('')) - widthOfText(cells.join(''))
      if (stale > 0) this.#write(' '.repeat(stale) + '\b'.repeat(stale))
      this.#shown = cells
      this.#cursor = cells.length
    }
    this.#moveTo(cursor, cells)
  }

  #moveTo(cell: number, cells: readonly string[]): void {
    if (cell < this.#cursor) this.#write('\b'.repeat(widthOfText(cells.slice(cell, this.#cursor).join(''))))
    else if (cell > this.#cursor) this.#write(cells.slice(this.#cursor, cell).join(''))
    this.#cursor = cell
  }

  /** The part of the line that is in sight, and the cursor's cell in it. */
  #window(line: LineBuffer): { cells: readonly string[]; cursor: number } {
    const { chars, cursor } = line
    const columns = this.#columns()
    const room = columns === 0 ? Infinity : Math.max(columns - widthOfText(this.#prompt) - 1, 12)
    if (chars.length * 2 <= room || chars.reduce((sum, char) => sum + widthOf(char), 0) <= room) {
      this.#start = 0
      return { cells: [...chars], cursor }
    }
    const inner = Math.floor(room) - 2 * more.length
    if (cursor < this.#start || cursor < inner - 2) this.#start = Math.max(cursor - (inner >> 1), 0)
    if (cursor < inner - 2) this.#start = 0
    while (widthOfText(chars.slice(this.#start, cursor).join('')) > inner) {
      this.#start += Math.max(cursor - this.#start - (inner >> 1), 1)
    }
    let end = this.#start
    for (let used = 0; end < chars.length && used + widthOf(chars[end]!) <= inner; end++) used += widthOf(chars[end]!)
    const head = this.#start > 0 ? more : []
    const cells = [...head, ...chars.slice(this.#start, end), ...(end < chars.length ? more : [])]
    return { cells, cursor: head.length + cursor - this.#start }
  }
}
