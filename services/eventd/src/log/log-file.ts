/** What one log file holds at most. */
export interface LogFileLimits {
  lines: number
  bytes: number
}

/** A log file in memory. The oldest lines give way to new ones. */
export class LogFile {
  /** Time of the newest line, Unix ms. */
  modified: number
  /** Take effect with the next line. */
  limits: LogFileLimits
  #lines: string[] = []
  /** Lines before this one are gone; the array is cut when they are half of it. */
  #first = 0
  #bytes = 0

  constructor(limits: LogFileLimits, created: number) {
    this.limits = limits
    this.modified = created
  }

  get bytes(): number {
    return this.#bytes
  }

  get lines(): readonly string[] {
    return this.#lines.slice(this.#first)
  }

  append(line: string, at: number): void {
    this.#lines.push(line)
    this.#bytes += sizeOf(line)
    this.modified = at
    while (this.#lines.length - this.#first > this.limits.lines || this.#bytes > this.limits.bytes) {
      this.#bytes -= sizeOf(this.#lines[this.#first]!)
      this.#lines[this.#first++] = ''
    }
    if (this.#first > 1000 && this.#first * 2 > this.#lines.length) {
      this.#lines.splice(0, this.#first)
      this.#first = 0
    }
  }

  clear(at: number): void {
    this.#lines = []
    this.#first = 0
    this.#bytes = 0
    this.modified = at
  }
}

const sizeOf = (line: string) => Buffer.byteLength(line) + 1
