/** What was typed: one character, or a key that is none. Control keys are "^A" to "^_", meta keys "M-b". */
export type Key = { readonly char: string } | { readonly name: string }

/** A long paste is millions of these. */
const ascii: readonly Key[] = Array.from({ length: 127 }, (_, code) => ({ char: String.fromCharCode(code) }))
const enter: Key = { name: 'enter' }
const finals: Readonly<Record<string, string>> = { A: 'up', B: 'down', C: 'right', D: 'left', H: 'home', F: 'end' }
const tildes: Readonly<Record<string, string>> = { 1: 'home', 3: 'delete', 4: 'end', 7: 'home', 8: 'end' }
const controls: Readonly<Record<number, string>> = { 8: 'backspace', 9: 'tab', 127: 'backspace' }

/** Escape sequences longer than this are garbage, of which no more is kept. */
const longest = 16

/** Turns a terminal's bytes into keys: UTF-8, control characters, the escape sequences of a vt100. Anything goes in; what means nothing is dropped. */
export class KeyDecoder {
  readonly #text = new TextDecoder('utf-8', { ignoreBOM: true })
  /** An escape sequence so far, with its ESC. */
  #sequence = ''
  #afterReturn = false

  decode(bytes: Uint8Array): Key[] {
    const keys: Key[] = []
    const text = this.#text.decode(bytes, { stream: true })
    for (let at = 0; at < text.length; ) {
      // Nearly all of a paste: no step of it may cost more than it has to.
      const code = text.charCodeAt(at)
      if (code >= 32 && code < 127 && this.#sequence === '') {
        this.#afterReturn = false
        keys.push(ascii[code]!)
        at++
        continue
      }
      const char = String.fromCodePoint(text.codePointAt(at)!)
      at += char.length
      const key = this.#sequence === '' ? this.#plain(char) : this.#escaped(char)
      if (key) keys.push(key)
    }
    return keys
  }

  #plain(char: string): Key | undefined {
    const code = char.codePointAt(0)!
    const afterReturn = this.#afterReturn
    this.#afterReturn = code === 13
    if (code >= 32 && code !== 127) return ascii[code] ?? (isPrintable(code) ? { char } : undefined)
    if (code === 13) return enter
    // Clients send "\r", "\n", or "\r\n"; the last is one key.
    if (code === 10) return afterReturn ? undefined : enter
    if (code === 27) {
      this.#sequence = char
      return undefined
    }
    if (code === 0) return undefined
    return { name: controls[code] ?? `^${String.fromCharCode(code + 64)}` }
  }

  #escaped(char: string): Key | undefined {
    const sequence = this.#sequence
    this.#sequence = ''
    if (sequence === '\u001B') {
      if (char === '[' || char === 'O' || char === '\u001B') this.#sequence = char === '\u001B' ? char : sequence + char
      else if (char > ' ' && char < '\u007F') return { name: `M-${char}` }
      else if (char === '\u007F' || char === '\b') return { name: 'M-backspace' }
      else return this.#plain(char)
      return undefined
    }
    if (char < ' ') return this.#plain(char)
    if (char < '@') {
      this.#sequence = sequence.length < longest ? sequence + char : sequence
      return undefined
    }
    const name = char === '~' ? tildes[sequence.slice(2)] : finals[char]
    return name === undefined ? undefined : { name }
  }
}

/** Not the C1 controls, the lone surrogates, nor what stands for bytes that were no UTF-8. */
function isPrintable(code: number): boolean {
  return !(code >= 0x80 && code < 0xa0) && !(code >= 0xd800 && code < 0xe000) && code !== 0xfffd && code !== 0xfeff
}
