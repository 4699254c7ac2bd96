export type Entry = [address: bigint, length: number, value: number]

/** What the tables are held to: a list, searched from end to end. */
export class NaiveTable {
  readonly #bits: number
  #list: Entry[] = []

  constructor(bits: number) {
    this.#bits = bits
  }

  get size(): number {
    return this.#list.length
  }

  set(address: bigint, length: number, value: number): number {
    const before = this.delete(address, length)
    const rest = BigInt(this.#bits - length)
    this.#list.push([(address >> rest) << rest, length, value])
    return before
  }

  delete(address: bigint, length: number): number {
    const found = this.#exact(address, length)
    if (found) this.#list = this.#list.filter(entry => entry !== found)
    return found ? found[2] : -1
  }

  get(address: bigint, length: number): number {
    return this.#exact(address, length)?.[2] ?? -1
  }

  match(address: bigint): number {
    return this.#longest(address)?.[2] ?? -1
  }

  matchLength(address: bigint): number {
    return this.#longest(address)?.[1] ?? -1
  }

  entries(): Entry[] {
    return [...this.#list]
  }

  #exact(address: bigint, length: number): Entry | undefined {
    return this.#list.find(entry => entry[1] === length && this.#contains(entry, address))
  }

  #longest(address: bigint): Entry | undefined {
    let best: Entry | undefined
    for (const entry of this.#list) if (this.#contains(entry, address) && (!best || entry[1] > best[1])) best = entry
    return best
  }

  #contains([network, length]: Entry, address: bigint): boolean {
    const rest = BigInt(this.#bits - length)
    return network >> rest === address >> rest
  }
}
