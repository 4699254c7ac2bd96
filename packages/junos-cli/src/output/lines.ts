/** Cuts pieces of text into lines. What follows the last "\n" waits for the next piece. */
export class LineCutter {
  #rest = ''

  cut(piece: string): string[] {
    const lines = piece.split('\n')
    lines[0] = this.#rest + lines[0]
    this.#rest = lines.pop()!
    return lines
  }

  /** The last line, if it didn't end. */
  end(): string[] {
    const rest = this.#rest
    this.#rest = ''
    return rest === '' ? [] : [rest]
  }
}
