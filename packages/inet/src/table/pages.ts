const BITS = 14
/** Entries of a full page. */
const PAGE = 1 << BITS
const MASK = PAGE - 1
/** The first page begins with this many entries and doubles up to a full one, so that a small column stays small. */
const FIRST = 256

/**
 * A growing array in pages of 16 Ki entries. Growing adds a page and copies at most one, so that no write waits for a large table to be
 * copied. What was never written reads as 0.
 */
abstract class Column<Page extends Uint8Array | Uint32Array> {
  protected readonly pages: Page[] = []

  /** Bytes held. */
  get bytes(): number {
    return this.pages.reduce((sum, page) => sum + page.byteLength, 0)
  }

  /** Forgets everything and gives the memory back. */
  clear(): void {
    this.pages.length = 0
  }

  protected abstract make(length: number): Page

  /** The page of an index, which it had no room for. */
  protected grow(index: number): Page {
    const number = index >>> BITS
    while (this.pages.length <= number) this.pages.push(this.make(0))
    const page = this.make(pageLength(index))
    page.set(this.pages[number]!)
    this.pages[number] = page
    return page
  }
}

// `get` and `set` stand in both classes: compiled for one kind of page each, they are what lookups take their time for.

/** Of u32. */
export class Uint32Column extends Column<Uint32Array> {
  get(index: number): number {
    return this.pages[index >>> BITS]?.[index & MASK] ?? 0
  }

  set(index: number, value: number): void {
    const page = this.pages[index >>> BITS]
    if (page === undefined || (index & MASK) >= page.length) this.grow(index)[index & MASK] = value
    else page[index & MASK] = value
  }

  /** Each entry that is not 0, by index. */
  forEach(visit: (index: number, value: number) => void): void {
    for (const [number, page] of this.pages.entries()) {
      for (let i = 0; i < page.length; i++) {
        const value = page[i]!
        if (value !== 0) visit(number * PAGE + i, value)
      }
    }
  }

  protected make(length: number): Uint32Array {
    return new Uint32Array(length)
  }
}

/** Of bytes. */
export class Uint8Column extends Column<Uint8Array> {
  get(index: number): number {
    return this.pages[index >>> BITS]?.[index & MASK] ?? 0
  }

  set(index: number, value: number): void {
    const page = this.pages[index >>> BITS]
    if (page === undefined || (index & MASK) >= page.length) this.grow(index)[index & MASK] = value
    else page[index & MASK] = value
  }

  protected make(length: number): Uint8Array {
    return new Uint8Array(length)
  }
}

/** How long the page of an index must be to hold it: the first page doubles, others are full at once. */
function pageLength(index: number): number {
  if (index >= PAGE) return PAGE
  let length = FIRST
  while (length <= index) length *= 2
  return length
}
