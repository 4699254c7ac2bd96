const BITS = 14
/** Entries of a full page. */
const PAGE = 1 << BITS
const MASK = PAGE - 1
/** The first page begins with this many entries and doubles up to a full one, so that a small column stays small. */
const FIRST = 256

/**
 * A growing array of u32 in pages of 16 Ki entries. Growing adds a page and copies at most one, so that no write waits for a large
 * table to be copied. What was never written reads as 0.
 */
export class Uint32Column {
  readonly #pages: Uint32Array[] = []

  get(index: number): number {
    return this.#pages[index >>> BITS]?.[index & MASK] ?? 0
  }

  set(index: number, value: number): void {
    const page = this.#pages[index >>> BITS]
    if (page === undefined || (index & MASK) >= page.length) this.#grow(index)[index & MASK] = value
    else page[index & MASK] = value
  }

  /** Each entry that is not 0, by index. */
  forEach(visit: (index: number, value: number) => void): void {
    for (const [number, page] of this.#pages.entries()) {
      for (let i = 0; i < page.length; i++) {
        const value = page[i]!
        if (value !== 0) visit(number * PAGE + i, value)
      }
    }
  }

  /** Bytes held. */
  get bytes(): number {
    return this.#pages.reduce((sum, page) => sum + page.byteLength, 0)
  }

  /** Forgets everything and gives the memory back. */
  clear(): void {
    this.#pages.length = 0
  }

  #grow(index: number): Uint32Array {
    const number = index >>> BITS
    while (this.#pages.length <= number) this.#pages.push(new Uint32Array(0))
    const page = new Uint32Array(pageLength(index))
    page.set(this.#pages[number]!)
    this.#pages[number] = page
    return page
  }
}

/** As `Uint32Column`, of bytes. */
export class Uint8Column {
  readonly #pages: Uint8Array[] = []

  get(index: number): number {
    return this.#pages[index >>> BITS]?.[index & MASK] ?? 0
  }

  set(index: number, value: number): void {
    const page = this.#pages[index >>> BITS]
    if (page === undefined || (index & MASK) >= page.length) this.#grow(index)[index & MASK] = value
    else page[index & MASK] = value
  }

  /** Bytes held. */
  get bytes(): number {
    return this.#pages.reduce((sum, page) => sum + page.byteLength, 0)
  }

  /** Forgets everything and gives the memory back. */
  clear(): void {
    this.#pages.length = 0
  }

  #grow(index: number): Uint8Array {
    const number = index >>> BITS
    while (this.#pages.length <= number) this.#pages.push(new Uint8Array(0))
    const page = new Uint8Array(pageLength(index))
    page.set(this.#pages[number]!)
    this.#pages[number] = page
    return page
  }
}

/** How long the page of an index must be to hold it: the first page doubles, others are full at once. */
function pageLength(index: number): number {
  if (index >= PAGE) return PAGE
  let length = FIRST
  while (length <= index) length *= 2
  return length
}
