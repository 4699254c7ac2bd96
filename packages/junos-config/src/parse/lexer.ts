import { closingQuote, readEscapes, type Word } from '../statement/words.ts'

/** A token of the curly format. Words and strings are `word`s; `line` counts from 1. */
export interface Token {
  readonly kind: 'word' | '{' | '}' | ';' | 'end' | 'bad'
  readonly word: Word
  readonly line: number
  /** The column of the token's last character, from 1: what the router prints. */
  readonly column: number
  /** What stood before it between `/*` and its end, the last of several. */
  readonly comment?: string
}

/** Reads a text configuration token by token; blanks and comments go by. Linear in the text, no recursion. */
export class Lexer {
  readonly #text: string
  #at = 0
  #comment: string | undefined
  #line: number
  /** Offset of the first character of the current line. */
  #lineStart = 0

  constructor(text: string, line = 1) {
    this.#text = text
    this.#line = line
    // A byte order mark that an editor left at the front is not part of the first word.
    if (text.startsWith('\ufeff')) this.#at = 1
  }

  /** The next token; after the last, `end` again and again. */
  next(): Token {
    this.#comment = undefined
    const trouble = this.#skip()
    if (trouble) return trouble
    const text = this.#text
    const start = this.#at
    if (start >= text.length) return this.#token('end', start, start, '')
    const char = text[start]!
    switch (char) {
      case '{':
      case '}':
      case ';':
        this.#at++
        return this.#token(char, start, start + 1, char)
      case '[':
      case ']':
        this.#at++
        return this.#token('word', start, start + 1, char)
      case '"':
        return this.#string(start)
    }
    let end = start + 1
    while (end < text.length && !delimiters.has(text[end]!)) end++
    this.#at = end
    return this.#token('word', start, end, text.slice(start, end))
  }

  #string(start: number): Token {
    const end = closingQuote(this.#text, start)
    if (end < 0) {
      this.#at = this.#text.length
      return this.#token('bad', start, start + 1, 'unterminated string')
    }
    this.#at = end + 1
    const token = this.#token('word', start, end + 1, readEscapes(this.#text.slice(start + 1, end)), true)
    this.#countLines(start, end)
    return token
  }

  /** Passes blanks and comments. A comment without an end is a bad token. */
  #skip(): Token | undefined {
    const text = this.#text
    for (;;) {
      const char = text[this.#at]
      if (char === '\n') {
        this.#at++
        this.#line++
        this.#lineStart = this.#at
      } else if (char === ' ' || char === '\t' || char === '\r') {
        this.#at++
      } else if (char === '#') {
        const end = text.indexOf('\n', this.#at)
        this.#at = end < 0 ? text.length : end
      } else if (char === '/' && text[this.#at + 1] === '*') {
        const start = this.#at
        const end = text.indexOf('*/', start + 2)
        if (end < 0) {
          this.#at = text.length
          return this.#token('bad', start, start + 2, 'unterminated comment')
        }
        this.#countLines(start, end)
        this.#comment = text.slice(start + 2, end)
        this.#at = end + 2
      } else {
        return undefined
      }
    }
  }

  #countLines(from: number, to: number): void {
    for (let at = this.#text.indexOf('\n', from); at >= 0 && at < to; at = this.#text.indexOf('\n', at + 1)) {
      this.#line++
      this.#lineStart = at + 1
    }
  }

  #token(kind: Token['kind'], start: number, end: number, text: string, quoted = false): Token {
    const token = { kind, word: { text, start, end, quoted }, line: this.#line, column: end - this.#lineStart }
    return this.#comment === undefined ? token : { ...token, comment: this.#comment }
  }
}

const delimiters = new Set([' ', '\t', '\r', '\n', '{', '}', ';', '[', ']', '"'])
