/** Something that many routes have in common, held once and counted. */
export interface Shared {
  id: number
  /** Which value of its kind it is, counted from the first that was made: unlike the id, never another's. */
  serial: number
  /** Routes (and others) that hold it. */
  uses: number
  readonly key: string
}

/**
 * Values that are equal by their key, each held once, with small numbers for columns. Id 0 is never given. Who keeps numbers elsewhere
 * says so by `onFreed`, and gives each back with `reuse`.
 */
export class Interner<T extends Shared> {
  readonly #byKey = new Map<string, T>()
  readonly #byId: (T | undefined)[] = [undefined]
  readonly #free: number[] = []
  #made = 0
  readonly #onFreed: ((value: T) => void) | undefined

  constructor(onFreed?: (value: T) => void) {
    this.#onFreed = onFreed
  }

  /** What has the key; made when there is none. Nobody holds it yet. */
  intern(key: string, make: (id: number) => T): T {
    const known = this.#byKey.get(key)
    if (known) return known
    const id = this.#free.pop() ?? this.#byId.length
    const value = make(id)
    value.serial = ++this.#made
    this.#byId[id] = value
    this.#byKey.set(key, value)
    return value
  }

  at(id: number): T {
    return this.#byId[id]!
  }

  hold(value: T): void {
    value.uses++
  }

  /** What nobody holds any more is forgotten, and its id given to another. */
  release(value: T): void {
    if (--value.uses > 0) return
    this.#forget(value)
  }

  /** Forgets a value that was made and then not used. */
  sweep(value: T): void {
    if (value.uses <= 0 && value.id !== 0) this.#forget(value)
  }

  /** The number of a value that is gone may be given to another. */
  reuse(id: number): void {
    this.#free.push(id)
  }

  *[Symbol.iterator](): Iterator<T> {
    for (const value of this.#byKey.values()) yield value
  }

  get size(): number {
    return this.#byKey.size
  }

  #forget(value: T): void {
    this.#byKey.delete(value.key)
    this.#byId[value.id] = undefined
    if (this.#onFreed) this.#onFreed(value)
    else this.#free.push(value.id)
    value.id = 0
  }
}
