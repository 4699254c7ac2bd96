/** A word of a command line: its text without quotes, and where it stands (offsets into the line, end excluded). */
export interface Word {
  readonly text: string
  readonly start: number
  readonly end: number
  /** Quoted words are never keywords, brackets or tags. */
  readonly quoted: boolean
}

export type Words =
  | { readonly ok: true; readonly words: readonly Word[] }
  | { readonly ok: false; readonly message: string; readonly column: number }

/** A line of more words than this is refused: no command is so long, and words cost more memory than text. */
const mostWords = 100_000

/** Splits a command line at blanks. Quotes keep blanks; `[` and `]` stand alone outside of quotes. */
export function splitWords(line: string): Words {
  const words: Word[] = []
  let i = 0
  while (i < line.length) {
    const char = line[i]!
    if (words.length === mostWords) return { ok: false, message: 'too many words in one line', column: i }
    if (isBlank(char)) {
      i++
    } else if (char === '"') {
      const end = closingQuote(line, i)
      if (end < 0) return { ok: false, message: 'unterminated string', column: i }
      words.push({ text: readEscapes(line.slice(i + 1, end)), start: i, end: end + 1, quoted: true })
      i = end + 1
    } else if (char === '[' || char === ']') {
      words.push({ text: char, start: i, end: i + 1, quoted: false })
      i++
    } else {
      let end = i + 1
      while (end < line.length && !isBlank(line[end]!) && line[end] !== '[' && line[end] !== ']') end++
      words.push({ text: line.slice(i, end), start: i, end, quoted: false })
      i = end
    }
  }
  return { ok: true, words }
}

/** The offset of the quote that closes the one at `open`, or -1. */
export function closingQuote(text: string, open: number): number {
  for (let i = open + 1; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === 0x5c) i++
    else if (code === 0x22) return i
  }
  return -1
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' }

/** Reads the escapes inside of quotes. A backslash before anything else is itself: regular expressions keep theirs. */
export function readEscapes(text: string): string {
  if (!text.includes('\\')) return text
  return text.replace(/\\(.)/gs, (whole, char: string) => escapes[char] ?? whole)
}

/** Characters that may stand outside of quotes, in set and in text format alike. */
const plainWord = /^[A-Za-z0-9_.:/,@%+=~^!?*<>-]+$/
/** Unquoted, the first would open a comment and the second a tag such as `inactive:`. */
const misleading = /\/\*|:$/
/** `<xe-0/0/*>`: with quotes it would be a name, not a wildcard. */
const wildcardWord = /^<[^<>\s]+>$/

/** The value as it is written: bare where it can be, quoted otherwise. */
export function quote(value: string): string {
  if (plainWord.test(value) && (!misleading.test(value) || wildcardWord.test(value))) return value
  return `"${writeEscapes(value)}"`
}

function writeEscapes(value: string): string {
  return value
    .replace(/\\(?=[nrt"\\\n\r\t]|$)|"/gs, char => `\\${char}`)
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
}

function isBlank(char: string): boolean {
  return char === ' ' || char === '\t' || char === '\r' || char === '\n'
}

/** Words made by a program, for paths that no line was typed for. */
export function asWords(texts: readonly string[]): Word[] {
  let start = 0
  return texts.map(text => {
    const word = { text, start, end: start + text.length, quoted: false }
    start = word.end + 1
    return word
  })
}
