/** A word of a command line: its text without quotes, and where it stands (offsets into the line, end excluded). */
export interface Word {
  readonly text: string
  readonly start: number
  readonly end: number
  /** Quoted words are never keywords, brackets or pipes. */
  readonly quoted: boolean
}

export interface SplitLine {
  readonly words: readonly Word[]
  /** Offset of a quote that nothing closes; the rest of the line is its word. */
  readonly open?: number
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' }

/**
 * Splits a line at blanks. Quotes keep blanks; `|`, `[` and `]` stand alone outside of quotes. In quotes a backslash before
 * anything that it isn't an escape with is itself, so that regular expressions keep theirs.
 */
export function splitWords(line: string): SplitLine {
  const words: Word[] = []
  let i = 0
  while (i < line.length) {
    const char = line[i]!
    if (isBlank(char)) i++
    else if (char === '"') {
      const close = closingQuote(line, i)
      const end = close < 0 ? line.length : close + 1
      words.push({ text: unescaped(line.slice(i + 1, close < 0 ? end : close)), start: i, end, quoted: true })
      if (close < 0) return { words, open: i }
      i = end
    } else {
      let end = i + 1
      if (!standsAlone(char)) while (end < line.length && !isBlank(line[end]!) && !standsAlone(line[end]!)) end++
      words.push({ text: line.slice(i, end), start: i, end, quoted: false })
      i = end
    }
  }
  return { words }
}

/** A script's commands: parted by newlines, and by `;` outside of quotes. */
export function splitCommands(script: string): string[] {
  const commands: string[] = []
  let start = 0
  let quoted = false
  for (let i = 0; i < script.length; i++) {
    const char = script[i]
    if (quoted && char === '\\') i++
    else if (char === '"') quoted = !quoted
    else if (char === '\n' || (char === ';' && !quoted)) {
      commands.push(script.slice(start, i))
      start = i + 1
      quoted = false
    }
  }
  commands.push(script.slice(start))
  return commands.map(command => command.trim()).filter(command => command !== '')
}

/** Lines that begin with `#` are there for people. */
export function isComment(line: string): boolean {
  return line.trimStart().startsWith('#')
}

export function isBlank(char: string): boolean {
  return char === ' ' || char === '\t' || char === '\r' || char === '\n'
}

function standsAlone(char: string): boolean {
  return char === '|' || char === '[' || char === ']'
}

function closingQuote(line: string, open: number): number {
  for (let i = open + 1; i < line.length; i++) {
    if (line[i] === '\\') i++
    else if (line[i] === '"') return i
  }
  return -1
}

function unescaped(text: string): string {
  return text.includes('\\') ? text.replace(/\\(.)/gs, (whole, char: string) => escapes[char] ?? whole) : text
}
